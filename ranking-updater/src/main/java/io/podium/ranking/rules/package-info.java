/**
 * What merchandisers decide: rules, and listings that are held at an epoch.
 *
 * <pre>
 * admin API -> RuleLog (Redis, append-only) -> RuleBook of every updater -> ranking loop, publisher
 *                    |                              ^
 *                    +-> RuleCopy (Mongo) ----------+ when the log was lost
 * </pre>
 *
 * <p>A {@link io.podium.ranking.rules.RuleBook} may be used by any thread; its calls wait for
 * Redis, so never from an event loop or the ranking loop, which read its snapshot only.
 */
@NullMarked
package io.podium.ranking.rules;

import org.jspecify.annotations.NullMarked;
