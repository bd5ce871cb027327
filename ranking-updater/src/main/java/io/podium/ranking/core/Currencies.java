package io.podium.ranking.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ISO 4217 codes as small ints; there are fewer than 300, so a list will do. */
final class Currencies {
  static final int NONE = -1;
  private final List<String> codes = new ArrayList<>();

  int of(@Nullable String code) {
    if (code == null) {
      return NONE;
    }
    int known = codes.indexOf(code);
    if (known >= 0) {
      return known;
    }
    codes.add(code);
    return codes.size() - 1;
  }

  /** The new int of each saved code. */
  int[] restore(List<String> saved) {
    return saved.stream().mapToInt(this::of).toArray();
  }

  List<String> codes() {
    return codes;
  }
}
