/**
 * Drills: an experiment each, written as a {@link io.podium.chaos.drill.Drill}, run by {@code
 * podium drill} at full length and by a test in its short form.
 *
 * <pre>
 * DrillCommand --> Rehearsal --> Drill: steadyState, fault, meanwhile, recovery, afterwards
 *                      |           |  uses harness (processes) and check (scans)
 *                      +--> Report <--- Run: what was told, what was checked
 * </pre>
 *
 * A drill's phases run one after the other on one thread; what goes on beside them has a thread of
 * its own and is handed to {@link io.podium.chaos.drill.Run#keep}.
 */
@NullMarked
package io.podium.chaos.drill;

import org.jspecify.annotations.NullMarked;
