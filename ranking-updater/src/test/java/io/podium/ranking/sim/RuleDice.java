package io.podium.ranking.sim;

import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Rule;
import io.podium.ranking.board.Rule.Action;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Random rules, coming and expiring about now. */
final class RuleDice {
  private final Dice dice;
  private final List<Board> boards;
  private final Duration unit;
  private final EventDice events;

  RuleDice(Dice dice, List<Board> boards, Duration unit, EventDice events) {
    this.dice = dice;
    this.boards = boards;
    this.unit = unit;
    this.events = events;
  }

  List<Rule> roll(Instant now) {
    List<Rule> rules = new ArrayList<>();
    int many = dice.pick(0, 1, 2, 4, 8);
    for (int i = 0; i < many; i++) {
      rules.add(rule("r" + dice.between(0, 9) + "-" + i, now));
    }
    return rules;
  }

  private Rule rule(String id, Instant now) {
    Action action = dice.pick(Action.PIN, Action.PIN, Action.BOOST, Action.BURY, Action.HIDE);
    Board board = dice.pick(boards);
    return new Rule(
        id,
        board.name(),
        dice.chance(0.3) ? slice(board) : null,
        dice.chance(0.1) ? "P99" : events.product(),
        action,
        action == Action.PIN ? dice.pick(1, 1, 2, 3, 40) : 0,
        factor(action),
        dice.chance(0.5) ? near(now) : null,
        dice.chance(0.4) ? near(now) : null,
        "merch-1",
        "brand day");
  }

  private @Nullable BigDecimal factor(Action action) {
    return switch (action) {
      case BOOST -> new BigDecimal(dice.pick("2", "1.5", "1.0000001", "100"));
      case BURY -> new BigDecimal(dice.pick("0.5", "0.333", "0.01"));
      default -> null;
    };
  }

  private Instant near(Instant now) {
    return now.plus(unit.multipliedBy(dice.between(-6, 6)));
  }

  private Slice slice(Board board) {
    Slice slice = Slice.WHOLE_SHOP;
    for (String dimension : dice.pick(board.slices())) {
      slice =
          slice.with(
              dimension,
              switch (dimension) {
                case "category" -> dice.pick(EventDice.CATEGORIES);
                case "buyer.ageGroup" -> dice.pick(EventDice.AGES);
                case "buyer.country" -> "KR";
                default -> dice.pick("x", "1");
              });
    }
    return slice;
  }
}
