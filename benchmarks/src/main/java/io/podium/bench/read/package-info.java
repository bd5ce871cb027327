/**
 * The read path's budgets: R1 to R7 and R10. The engine runs as users run it, by the launcher, in a
 * process of its own; references (nginx, Varnish) and load generators (wrk) are Debian's.
 *
 * <pre>
 * ReadShop (Redis, one board) -> EngineServer  <- wrk, OpenLoop
 *                                NginxServer, VarnishServer: the same bytes
 * </pre>
 */
@NullMarked
package io.podium.bench.read;

import org.jspecify.annotations.NullMarked;
