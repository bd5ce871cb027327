package io.podium.ranking.board;

import io.podium.config.ConfigException;
import io.podium.config.Section;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code boards} section of the configuration (DESIGN 4.2). What cannot be accepted is
 * refused with a {@link ConfigException} that names key, value and what is allowed.
 */
public final class BoardParser {
  static final int MAX_STEPS = 1_500;

  private static final int MAX_BOARDS = 1_000;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration YEAR = Duration.ofDays(366);

  private BoardParser() {}

  /** The boards in file order; at least one. */
  public static List<Board> parse(Section boards) {
    if (boards.keys().isEmpty() || boards.keys().size() > MAX_BOARDS) {
      throw new ConfigException(
          "boards: " + boards.keys().size() + " are not allowed; allowed: 1 to " + MAX_BOARDS);
    }
    List<Board> parsed = new ArrayList<>();
    for (String name : boards.keys()) {
      if (!NAME.matcher(name).matches()) {
        throw boards.refuse(
            name, "as a name: up to 64 lower-case letters, digits and -, not - first");
      }
      parsed.add(board(name, boards.section(name)));
    }
    return List.copyOf(parsed);
  }

  private static Board board(String name, Section s) {
    Duration step = wholeSeconds(s, "step", Duration.ofMinutes(1), Duration.ofDays(31));
    Score score = BoardShapes.score(s);
    Window window = window(s, step);
    int size = (int) s.integer("size", 100, 1, 1_000);
    Board board =
        new Board(
            name,
            titles(s),
            score,
            window,
            step,
            s.oneOf("clock", "wall", "wall", "event").equals("event"),
            s.duration("publishEvery", SECOND, Duration.ofMillis(100), Duration.ofDays(1)),
            size,
            BoardShapes.slices(s),
            currency(s),
            buyerCap(s),
            BoardShapes.diversity(s),
            rankBy(s),
            (int) s.integer("minEntries", 0, 0, size),
            s.duration("movementBy", Duration.ofHours(1), SECOND, YEAR),
            (int) s.integer("maxValues", 10_000, 1, 100_000),
            s.duration("cursorTtl", Duration.ofMinutes(10), SECOND, Duration.ofDays(7)),
            s.duration("staleIfError", Duration.ofDays(1), SECOND, YEAR),
            exposesScore(s),
            s.flag("shadow", false),
            BoardShapes.guard(s, size));
    s.done();
    return board;
  }

  private static Map<String, String> titles(Section s) {
    Section titles = s.section("title");
    Map<String, String> byLanguage = new LinkedHashMap<>();
    for (String language : titles.keys()) {
      byLanguage.put(language, titles.text(language, ""));
    }
    return byLanguage;
  }

  private static Window window(Section s, Duration step) {
    String window = s.textOrNull("window");
    boolean halfLife = s.has("halfLife");
    if (window == null && !halfLife) {
      throw s.refuse("window", "a duration as PT24H, today, or halfLife in its place");
    }
    if (window != null && halfLife) {
      throw s.refuse("halfLife", "window or halfLife, not both");
    }
    boolean today = "today".equals(window);
    if (!today && s.has("zone")) {
      throw s.refuse("zone", "nothing here: it belongs to window: today");
    }
    if (today) {
      return new Window.Today(zone(s));
    }
    return halfLife
        ? new Window.HalfLife(s.duration("halfLife", step, SECOND, YEAR))
        : sliding(s, step);
  }

  private static Window sliding(Section s, Duration step) {
    String allowed =
        "today, or a multiple of step (" + step + ") up to " + MAX_STEPS + " steps, as PT24H";
    Duration length;
    try {
      length = Duration.parse(s.text("window", ""));
    } catch (DateTimeException e) {
      throw s.refuse("window", allowed);
    }
    boolean fits =
        length.compareTo(step) >= 0 && length.compareTo(step.multipliedBy(MAX_STEPS)) <= 0;
    if (!fits || !step.multipliedBy(length.dividedBy(step)).equals(length)) {
      throw s.refuse("window", allowed);
    }
    return new Window.Sliding(length);
  }

  private static ZoneId zone(Section s) {
    try {
      return ZoneId.of(s.text("zone", "UTC"));
    } catch (DateTimeException e) {
      throw s.refuse("zone", "a time zone as Asia/Seoul or UTC");
    }
  }

  private static @Nullable String currency(Section s) {
    String code = s.textOrNull("currency");
    if (code != null && Currencies.known(code) == null) {
      throw s.refuse("currency", "a code of ISO 4217, as KRW");
    }
    return Currencies.known(code);
  }

  private static Board.@Nullable BuyerCap buyerCap(Section s) {
    if (!s.has("buyerCap")) {
      return null;
    }
    Section cap = s.section("buyerCap");
    if (!cap.has("units")) {
      throw cap.refuse("units", "a whole number from 1 to 1000000000");
    }
    if (!cap.has("per")) {
      throw cap.refuse("per", "an ISO 8601 duration, as P1D");
    }
    long units = cap.integer("units", 1, 1, 1_000_000_000);
    Duration per = wholeSeconds(cap, "per", Duration.ofDays(1), YEAR);
    cap.done();
    return new Board.BuyerCap(units, per);
  }

  private static @Nullable String rankBy(Section s) {
    String member = s.textOrNull("rankBy");
    if (member != null && !BoardShapes.isMember(member)) {
      throw s.refuse("rankBy", "the name of a card member, as groupId");
    }
    return member;
  }

  private static boolean exposesScore(Section s) {
    List<String> exposed = s.texts("expose", List.of());
    if (!List.of("score").containsAll(exposed)) {
      throw s.refuse("expose", "[] or [score]");
    }
    return !exposed.isEmpty();
  }

  /** Steps and periods are aligned to the epoch, by second. */
  private static Duration wholeSeconds(Section s, String key, Duration byDefault, Duration max) {
    Duration value = s.duration(key, byDefault, SECOND, max);
    if (!value.truncatedTo(ChronoUnit.SECONDS).equals(value)) {
      throw s.refuse(key, "whole seconds from PT1S to " + max);
    }
    return value;
  }
}
