/**
 * A run of the benchmarks as one page that needs nothing else: no network, no library.
 *
 * <pre>
 * Result -> HtmlReport -> BudgetRows (Rounds: a dot each), PercentileChart, TimeLine, Comparison
 * </pre>
 *
 * Everything that is a text in a result is escaped where it enters the page.
 */
@NullMarked
package io.podium.bench.report;

import org.jspecify.annotations.NullMarked;
