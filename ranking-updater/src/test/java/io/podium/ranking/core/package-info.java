@NullMarked
package io.podium.ranking.core;

import org.jspecify.annotations.NullMarked;
