package io.podium.ranking.core;

import io.podium.card.Card;
import io.podium.card.Member;
import io.podium.card.Stamp;
import io.podium.config.Config;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.BoardParser;
import io.podium.ranking.board.Rule;
import io.podium.ranking.board.Rule.Action;
import io.podium.ranking.core.Ranked.Displayed;
import io.podium.ranking.core.Ranked.Organic;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Organic entries, cards and rules of one listing, and what is displayed of them. */
abstract class DisplayedOrderSetting {
  static final Instant T = Instant.parse("2026-11-22T09:30:00Z");
  static final Stamp STAMP = new Stamp(T, "e");

  final List<Organic> organic = new ArrayList<>();
  final Map<String, Card> cards = new HashMap<>();
  final List<Rule> rules = new ArrayList<>();
  Slice slice = Slice.WHOLE_SHOP;
  String members = "size: 10";

  /** Organic entries of scores 10, 9, 8, … */
  void sold(String... products) {
    for (String product : products) {
      sold(product, 10 - organic.size());
    }
  }

  void sold(String product, long score) {
    organic.add(new Organic(product, BigInteger.valueOf(score)));
  }

  void card(String product, String member, String json) {
    cards.merge(product, Card.of(product, Map.of(member, new Member(STAMP, json))), Card::merge);
  }

  void brands(String brand, String... products) {
    for (String product : products) {
      card(product, "brand", "\"" + brand + "\"");
    }
  }

  Rule rule(Action action, String product, int place, @Nullable String factor) {
    BigDecimal by = factor == null ? null : new BigDecimal(factor);
    String id = "r" + rules.size();
    return new Rule(id, "b", null, product, action, place, by, null, null, "merch-1", "day");
  }

  void pin(String product, int place) {
    rules.add(rule(Action.PIN, product, place, null));
  }

  void pin(String id, String product, int place, @Nullable String from) {
    Instant start = from == null ? null : Instant.parse(from);
    rules.add(new Rule(id, "b", null, product, Action.PIN, place, null, start, null, "m", "r"));
  }

  void hide(String product) {
    rules.add(rule(Action.HIDE, product, 0, null));
  }

  void boost(String product, String factor) {
    rules.add(rule(Action.BOOST, product, 0, factor));
  }

  void bury(String product, String factor) {
    rules.add(rule(Action.BURY, product, 0, factor));
  }

  Shown shown() {
    String yaml = "{b: {score: units, window: PT1H, slices: [[], [category]], " + members + "}}";
    Board board = BoardParser.parse(Config.parse(yaml, "test")).get(0);
    return DisplayedOrder.of(board, slice, organic, cards::get, rules, T);
  }

  List<String> order() {
    return shown().displayed().stream().map(Displayed::productId).toList();
  }
}
