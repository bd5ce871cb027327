package io.podium.ranking.sim;

import io.podium.ranking.board.Board;
import io.podium.ranking.board.Score;
import io.podium.ranking.board.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Random boards: windows of a few small steps, so that everything expires while we look. */
final class BoardDice {
  private static final List<String> ZONES =
      List.of(
          "Asia/Seoul",
          "UTC",
          "America/New_York",
          "Europe/Berlin",
          "Australia/Lord_Howe",
          "Africa/Cairo",
          "America/Santiago",
          "Asia/Kathmandu");

  /** Of 1 to 3 cuts; the last part of each dimension is unique within a list. */
  private static final List<List<List<String>>> CUTS =
      List.of(
          List.of(List.of()),
          List.of(List.of(), List.of("category")),
          List.of(List.of("category")),
          List.of(List.of("category"), List.of()),
          List.of(List.of("category", "buyer.ageGroup"), List.of("buyer.ageGroup")),
          List.of(List.of(), List.of("buyer.ageGroup"), List.of("category", "buyer.ageGroup")),
          List.of(List.of("category", "buyer.ageGroup")),
          List.of(List.of(), List.of("brand"), List.of("category", "brand")),
          List.of(List.of("size"), List.of("buyer.country", "buyer.ageGroup")),
          List.of(List.of(), List.of("category"), List.of("buyer.country")));

  private final Dice dice;
  private final Duration unit;
  private final ZoneId zone;
  private final boolean aboutMidnight;

  BoardDice(Dice dice) {
    this.dice = dice;
    this.unit =
        dice.pick(
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofHours(1));
    this.zone = ZoneId.of(dice.pick(ZONES));
    this.aboutMidnight = dice.chance(0.5);
  }

  Duration unit() {
    return unit;
  }

  List<Board> roll() {
    List<Board> boards = new ArrayList<>();
    int many = dice.pick(1, 1, 1, 2, 2, 3);
    for (int i = 0; i < many; i++) {
      boards.add(board("b" + i));
    }
    return boards;
  }

  /** Where the story starts; often just before a midnight, often one at which clocks change. */
  Instant start() {
    Instant any = Instant.parse("2026-01-01T00:00:00Z").plus(dice.upTo(Duration.ofDays(360)));
    if (!aboutMidnight) {
      return any;
    }
    ZoneOffsetTransition change = zone.getRules().nextTransition(any);
    LocalDate day =
        change != null && dice.chance(0.6)
            ? LocalDate.ofInstant(change.getInstant(), zone).plusDays(dice.between(0, 1))
            : LocalDate.ofInstant(any, zone);
    return day.atStartOfDay(zone).toInstant().minus(unit.multipliedBy(dice.between(1, 12)));
  }

  private Board board(String name) {
    Duration step = unit.multipliedBy(dice.pick(1, 1, 1, 2, 3));
    boolean currency = dice.chance(0.7);
    return new Board(
        name,
        Map.of("en", name),
        score(),
        window(step),
        step,
        dice.chance(0.5),
        Duration.ofSeconds(1),
        dice.pick(1, 1, 2, 3, 3, 5, 100),
        dice.pick(CUTS),
        currency ? "KRW" : null,
        dice.chance(0.4) ? cap() : null,
        dice.chance(0.5) ? diversity() : null,
        dice.chance(0.3) ? "groupId" : null,
        dice.chance(0.4) ? dice.between(1, 4) : 0,
        Duration.ofHours(1),
        dice.chance(0.3) ? dice.between(1, 3) : 10_000,
        Duration.ofMinutes(10),
        Duration.ofDays(1),
        dice.chance(0.5),
        dice.chance(0.1),
        null);
  }

  private Score score() {
    return switch (dice.between(0, 4)) {
      case 0, 1 -> new Score.Units();
      case 2 -> new Score.Orders();
      case 3 -> new Score.Revenue();
      default ->
          new Score.Weights(
              dice.pick(
                  Map.of("order.placed", 10L, "cart.added", 3L, "product.viewed", 1L),
                  Map.of("order.placed", 1L, "store.sold", 8L),
                  Map.of("product.viewed", 1L)));
    };
  }

  private Window window(Duration step) {
    return switch (dice.between(0, 5)) {
      case 0, 1, 2 -> new Window.Sliding(step.multipliedBy(dice.between(1, 6)));
      case 3 -> new Window.Today(zone);
      default ->
          new Window.HalfLife(
              Duration.ofMillis(
                  Math.max(
                      1,
                      (long) (step.toMillis() * dice.pick(0.05, 0.1, 0.33, 0.5, 1.0, 1.0, 2.7)))));
    };
  }

  private Board.BuyerCap cap() {
    Duration per = dice.pick(unit, unit.multipliedBy(4), unit.multipliedBy(7), Duration.ofDays(1));
    return new Board.BuyerCap(dice.between(1, 4), per);
  }

  private Board.Diversity diversity() {
    return new Board.Diversity("brand", dice.between(1, 2), dice.between(2, 4));
  }
}
