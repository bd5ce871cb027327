@NullMarked
package io.podium.ranking.ingest;

import org.jspecify.annotations.NullMarked;
