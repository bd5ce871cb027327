/**
 * Seeded simulations: random boards, events and rules, the core beside the oracle.
 *
 * <pre>
 * Dice (one seed) -> BoardDice, EventDice, RuleDice -> Scenario (boards and steps, immutable)
 *   -> Simulation: each step to the oracle and to the core, compared at every Check
 *   -> Cases: which situations a seed hit;  Shrink: the fewest steps that still fail
 * </pre>
 *
 * Nothing here reads a clock: a seed replays bit for bit. Single-threaded.
 */
@NullMarked
package io.podium.ranking.sim;

import org.jspecify.annotations.NullMarked;
