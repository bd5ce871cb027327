/**
 * A sale over HTTP, from the shop's side and the visitors' side.
 *
 * <pre>
 * SalePeak -> flow.Site (stores, updater, engine)   &lt;- Bustle: sales, prices, watched sales
 *          -> LoadProcess =process=> load.LoadMain -> Hyperfoil -> the engine
 *          -> Capacity -> Plan -> Outcome
 * </pre>
 *
 * The room {@code load} runs in a JVM of its own, on Hyperfoil's class path: it uses nothing of
 * this package but {@code Step} and {@code Second}, no JSON, and no Vert.x of the project.
 */
@NullMarked
package io.podium.bench.peak;

import org.jspecify.annotations.NullMarked;
