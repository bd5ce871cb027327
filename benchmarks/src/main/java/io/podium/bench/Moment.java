package io.podium.bench;

import org.jspecify.annotations.Nullable;

/**
 * One second of a load that changes over time.
 *
 * @param second since its start
 * @param phase which part of the load
 * @param offered requests that were due
 * @param answered with a page, or with the word that it has not changed
 * @param shed answered with 503 and a time to come back
 * @param failed anything else, or no answer
 * @param p50Millis from the intended start; null: nothing was answered
 * @param p99Millis the same
 * @param freshMillis slowest time from a sale's 202 to a page that showed it; null: none was seen
 */
public record Moment(
    int second,
    String phase,
    long offered,
    long answered,
    long shed,
    long failed,
    @Nullable Double p50Millis,
    @Nullable Double p99Millis,
    @Nullable Double freshMillis) {}
