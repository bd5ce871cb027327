package io.podium.bench.report;

import io.podium.bench.Result.Row;
import io.podium.bench.Verdict;
import java.util.Map;

/** A verdict in words and colour. */
final class VerdictText {
  private record Look(String colour, String en, String ko) {}

  private static final Map<String, Look> LOOKS =
      Map.of(
          Verdict.MET.text, new Look("good", "met", "충족"),
          Verdict.BREACHED.text, new Look("bad", "BREACHED", "위반"),
          Verdict.NOISY.text, new Look("unsure", "too noisy", "잡음이 커 판정 불가"),
          Verdict.NOT_MEASURED.text, new Look("unsure", "not measured", "측정 안 됨"),
          Verdict.TOLD.text, new Look("soft", "told", "참고"));

  private VerdictText() {}

  static String of(Row row) {
    Look look = look(row);
    return "<span class=\"verdict %s\">%s</span>"
        .formatted(look.colour(), Html.both(look.en(), look.ko()));
  }

  /** Without colour. */
  static String plain(Row row) {
    return Html.both(look(row).en(), look(row).ko());
  }

  /** One that this version does not know is told as it stands. */
  private static Look look(Row row) {
    return LOOKS.getOrDefault(row.verdict(), new Look("soft", row.verdict(), row.verdict()));
  }
}
