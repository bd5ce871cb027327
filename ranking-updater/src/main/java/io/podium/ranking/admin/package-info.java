/**
 * The admin port: health and metrics for machines; rules, evidence, history and a console for
 * people. Requests are read on the event loop and answered by a {@link
 * io.podium.ranking.admin.Route} on a worker thread, which may wait for stores and for the ranking
 * loop, with deadlines.
 */
@NullMarked
package io.podium.ranking.admin;

import org.jspecify.annotations.NullMarked;
