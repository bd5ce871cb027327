package io.podium.listing;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What readers know of a board; published by the updater, so that the read engine needs no
 * definition of its own.
 *
 * @param titles by language tag ({@code en}, {@code ko}); may be empty
 * @param slices the cuts that exist, each a list of full dimension names; empty list: whole shop
 * @param size displayed entries at most
 * @param publishEvery least time between two epochs of one listing
 * @param exposeScore whether public pages tell scores
 * @param scoreShift see {@link Listing#scoreShift}
 * @param shadow computed, but visible on the admin port only
 * @param cursorTtl how long a cursor's epoch stays readable
 * @param staleIfError how long caches in front may serve a page when no engine answers; no limit of
 *     an engine, which serves what it holds for as long as the stores are away
 * @param values per dimension the known values, ascending by code point: a value that is not here
 *     is unknown (404); {@code category} holds ancestors too
 */
public record BoardInfo(
    String name,
    Map<String, String> titles,
    List<List<String>> slices,
    int size,
    Duration publishEvery,
    boolean exposeScore,
    int scoreShift,
    boolean shadow,
    Duration cursorTtl,
    Duration staleIfError,
    Map<String, List<String>> values) {
  public BoardInfo {
    titles = Map.copyOf(titles);
    slices = slices.stream().map(List::copyOf).toList();
    values = Map.copyOf(values);
  }

  /** The same board with other values. */
  public BoardInfo withValues(Map<String, List<String>> other) {
    return new BoardInfo(
        name,
        titles,
        slices,
        size,
        publishEvery,
        exposeScore,
        scoreShift,
        shadow,
        cursorTtl,
        staleIfError,
        other);
  }
}
