@NullMarked
package io.podium.ranking.legacy;

import org.jspecify.annotations.NullMarked;
