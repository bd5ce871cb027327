@NullMarked
package io.podium.ranking.archive;

import org.jspecify.annotations.NullMarked;
