/** The updater's commands; each reads its arguments and hands over. Single-threaded. */
@NullMarked
package io.podium.ranking.cli;

import org.jspecify.annotations.NullMarked;
