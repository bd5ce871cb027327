/**
 * Podium as real processes on loopback, and what is done to it: events posted until they are
 * acknowledged, processes killed, pages read. Nothing started here outlives its {@code close}, nor
 * this JVM.
 */
@NullMarked
package io.podium.chaos.harness;

import org.jspecify.annotations.NullMarked;
