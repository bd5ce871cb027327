/**
 * The demo: real processes, a simulated shop, and what a visitor of the storefront would see.
 *
 * <pre>
 *   Shop ── events ──▶ updaters ──▶ stores ──▶ engine ◀── Readers, Freshness, the storefront
 *     ▲                    ▲           ▲          ▲
 *  Catalogue               └─── Processes: starts, watches, starts again
 * </pre>
 *
 * Shop, Readers and Freshness run on a thread each and share nothing but counters; {@link
 * io.podium.demo.Processes} watches each process on a thread of its own.
 */
@NullMarked
package io.podium.demo;

import org.jspecify.annotations.NullMarked;
