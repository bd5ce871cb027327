package io.podium.ranking.cli;

import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Dimensions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code --slice} arguments of a command: one slice, told dimension by dimension. */
final class SliceArguments {
  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * @param arguments each {@code DIMENSION=VALUE}
   */
  SliceArguments(List<String> arguments) {
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 1 || equals == argument.length() - 1) {
        throw new CommandException(
            "--slice " + argument + ": allowed: DIMENSION=VALUE, as category=beauty/skincare");
      }
      String dimension = argument.substring(0, equals);
      if (values.put(dimension, argument.substring(equals + 1)) != null) {
        throw new CommandException("--slice " + argument + ": the dimension stands twice");
      }
    }
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  /** The slice with the full names of a board's dimensions; null when it has no such cut. */
  @Nullable Slice of(Board board) {
    for (List<String> cut : board.slices()) {
      Slice slice = of(cut);
      if (slice != null) {
        return slice;
      }
    }
    return null;
  }

  private @Nullable Slice of(List<String> cut) {
    Map<String, String> full = new HashMap<>();
    for (String dimension : cut) {
      String value = values.get(dimension);
      String byParameter = values.get(Dimensions.parameter(dimension));
      if (value == null && byParameter == null) {
        return null;
      }
      full.put(dimension, value == null ? String.valueOf(byParameter) : value);
    }
    return full.size() == values.size() ? Slice.of(full) : null;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    values.forEach((k, v) -> text.append(text.isEmpty() ? "" : " ").append(k + "=" + v));
    return text.toString();
  }
}
