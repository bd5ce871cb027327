package io.podium.read.http;

import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.read.page.BoardBook;
import io.podium.read.page.BoardView;
import io.podium.read.page.Cursors;
import io.podium.read.page.PageSpec;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** From a target to what it asks for, checked against the boards that are known. */
final class PageRequests {
  private static final Set<String> SIZES = Set.of("10", "20", "50", "100");
  private static final int DEFAULT_SIZE = 20;

  private final Cursors cursors;

  PageRequests(Cursors cursors) {
    this.cursors = cursors;
  }

  /**
   * @param until when the target stops meaning this page (a cursor expires); milliseconds
   */
  record PageRequest(BoardView board, PageSpec spec, long until) {}

  /**
   * @throws Refusal when the target is not that of a page
   */
  PageRequest page(Target target, BoardBook boards, long now) {
    BoardView board = board(target, boards);
    for (String name : target.parameters().keySet()) {
      if (!name.equals("size") && !name.equals("cursor") && board.dimension(name) == null) {
        throw Problem.UNKNOWN_PARAMETER.of(name);
      }
    }
    int size = size(target);
    ListingKey listing = listing(target, board);
    PageSpec first = PageSpec.first(listing, size);
    String cursor = target.value("cursor");
    if (cursor == null) {
      return new PageRequest(board, first, Long.MAX_VALUE);
    }
    Cursors.Read read = cursors.read(cursor, first, board.info().cursorTtl(), now);
    return switch (read.verdict()) {
      case FORGED -> throw Problem.BAD_CURSOR.of("cursor");
      case EXPIRED -> throw Refusal.expired(first.firstPage());
      case OK ->
          new PageRequest(
              board, new PageSpec(listing, size, read.epoch(), read.offset()), read.until());
    };
  }

  static BoardView board(Target target, BoardBook boards) {
    BoardView board = boards.board(target.path().get(2));
    if (board == null) {
      throw Problem.UNKNOWN_BOARD.refusal();
    }
    return board;
  }

  /** The listing that the target's dimensions name; other parameters must have been checked. */
  static ListingKey listing(Target target, BoardView board) {
    Map<String, String> values = new TreeMap<>();
    for (String name : target.parameters().keySet()) {
      String dimension = board.dimension(name);
      if (dimension != null) {
        values.put(dimension, knownValue(target, board, name, dimension));
      }
    }
    if (!board.cutsBy(values.keySet())) {
      throw Problem.UNKNOWN_SLICE.refusal();
    }
    return new ListingKey(board.info().name(), Slice.of(values));
  }

  /** Form-encoding clients send a space as a plus sign, others mean the plus sign itself. */
  private static String knownValue(Target target, BoardView board, String name, String dimension) {
    String value = target.value(name);
    if (value != null && board.knows(dimension, value)) {
      return value;
    }
    String literal = target.literal(name);
    if (literal != null && board.knows(dimension, literal)) {
      return literal;
    }
    throw Problem.UNKNOWN_VALUE.of(name);
  }

  /** Refuses every parameter that is not a dimension of the board. */
  static void onlyDimensions(Target target, BoardView board) {
    for (String name : target.parameters().keySet()) {
      if (board.dimension(name) == null) {
        throw Problem.UNKNOWN_PARAMETER.of(name);
      }
    }
  }

  static void noParameters(Target target) {
    for (String name : target.parameters().keySet()) {
      throw Problem.UNKNOWN_PARAMETER.of(name);
    }
  }

  private static int size(Target target) {
    String size = target.value("size");
    if (size == null) {
      return DEFAULT_SIZE;
    }
    if (!SIZES.contains(size)) {
      throw Problem.BAD_SIZE.of("size");
    }
    return Integer.parseInt(size);
  }
}
