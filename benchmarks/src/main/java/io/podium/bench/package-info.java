/**
 * The frame of {@code podium bench}: every budget measured against its reference, and a verdict.
 *
 * <pre>
 * Main -> Fork =process=> Worker -> Measurement -> Figure
 *   |                                                |
 *   +-> Judgement (Budget, Figure) -> Verdict <------+
 *   +-> Table, Result -> report.HtmlReport
 * </pre>
 *
 * Each measurement runs in a JVM of its own, so that neither heap nor compiled code of one changes
 * the other; those that stand beside the same engine share one ({@link Measurements}). Everything
 * here is used by one thread.
 */
@NullMarked
package io.podium.bench;

import org.jspecify.annotations.NullMarked;
