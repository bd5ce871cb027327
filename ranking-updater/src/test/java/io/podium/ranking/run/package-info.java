/** The updater against real processes: Redis, a Mongo-protocol server, kill -9. */
@NullMarked
package io.podium.ranking.run;

import org.jspecify.annotations.NullMarked;
