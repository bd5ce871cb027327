/**
 * The Mongo tier: MongoDB, Amazon DocumentDB 5.0 or anything else that speaks the protocol. Only
 * commands that DocumentDB supports; no transactions, no updates by pipeline: every step is safe to
 * repeat, and version filters keep older epochs from replacing newer ones.
 *
 * <pre>
 * listings  _id key text; epoch, token, t (asOf in microseconds), value: the newest listing
 * history   _id key text "@" epoch; k, epoch, t, value; indexes (k, epoch) and (k, t, epoch)
 * evidence  _id key text "@" epoch; k, epoch, t, value; indexes as of history
 * cards     _id product id; v counts changes, value
 * meta      _id "boards": epoch (version), token, value; _id "fence": token
 * audit     _id time and number of a change; kind, subject, before, after, author, reason, at
 * rules     _id kind ":" subject; v the change that made it, value: null when it is gone
 * </pre>
 *
 * <p>Calls never block and complete on a driver's thread.
 */
@NullMarked
package io.podium.store.mongo;

import org.jspecify.annotations.NullMarked;
