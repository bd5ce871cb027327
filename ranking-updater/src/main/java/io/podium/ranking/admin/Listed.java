package io.podium.ranking.admin;

import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Dimensions;
import io.podium.ranking.board.Moment;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The boards, and what a query names of them. Immutable. */
final class Listed {
  private final List<Board> boards;

  Listed(List<Board> boards) {
    this.boards = List.copyOf(boards);
  }

  List<Board> boards() {
    return boards;
  }

  Board board(String name) throws Refusal {
    for (Board board : boards) {
      if (board.name().equals(name)) {
        return board;
      }
    }
    throw Refusal.missing("board: " + name + " is none of " + names());
  }

  List<String> names() {
    return boards.stream().map(Board::name).toList();
  }

  /**
   * The listing of a board's slice: dimensions by full name or by its last part.
   *
   * @param others parameters that are no dimension
   */
  ListingKey key(String name, Call call, String... others) throws Refusal {
    Board board = board(name);
    Map<String, String> given = new HashMap<>();
    for (String parameter : call.query().names()) {
      String value = call.parameter(parameter);
      if (value != null && !Arrays.asList(others).contains(parameter)) {
        given.put(parameter, value);
      }
    }
    for (List<String> cut : board.slices()) {
      Slice slice = slice(cut, given);
      if (slice != null) {
        return new ListingKey(name, slice);
      }
    }
    String unknown = given.keySet().stream().sorted().findFirst().orElse("slice");
    List<String> allowed = new ArrayList<>(List.of(others));
    parameters(board).stream().sorted().forEach(allowed::add);
    throw Refusal.bad(
        unknown,
        "no slice of " + name + " has just these; parameters: " + String.join(", ", allowed));
  }

  private static @Nullable Slice slice(List<String> cut, Map<String, String> given) {
    Map<String, String> full = new HashMap<>();
    for (String dimension : cut) {
      String value = given.getOrDefault(dimension, given.get(Dimensions.parameter(dimension)));
      if (value == null) {
        return null;
      }
      full.put(dimension, value);
    }
    return full.size() == given.size() ? Slice.of(full) : null;
  }

  private static Set<String> parameters(Board board) {
    Set<String> names = new HashSet<>();
    board.slices().forEach(cut -> cut.forEach(d -> names.add(Dimensions.parameter(d))));
    return names;
  }

  /** Whether a rule's slice can exist on the board. */
  static boolean isSlice(Board board, Slice slice) {
    Set<String> dimensions = slice.values().keySet();
    return board.slices().stream().anyMatch(cut -> new HashSet<>(cut).equals(dimensions));
  }

  static @Nullable Instant instant(Call call, String name) throws Refusal {
    String text = call.parameter(name);
    if (text == null) {
      return null;
    }
    try {
      return Moment.parse(text);
    } catch (DateTimeException e) {
      throw Refusal.bad(name, Moment.ALLOWED);
    }
  }

  static long number(Call call, String name, long byDefault, long min, long max) throws Refusal {
    String text = call.parameter(name);
    try {
      long number = text == null ? byDefault : Long.parseLong(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw Refusal.bad(name, "a whole number from " + min + " to " + max);
  }

  static String needed(Call call, String name) throws Refusal {
    String text = call.parameter(name);
    if (text == null || text.isEmpty()) {
      throw Refusal.bad(name, "is needed");
    }
    return text;
  }
}
