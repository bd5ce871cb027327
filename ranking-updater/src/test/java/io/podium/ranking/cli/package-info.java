@NullMarked
package io.podium.ranking.cli;

import org.jspecify.annotations.NullMarked;
