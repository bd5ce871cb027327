package io.podium.ranking.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.board.Rule;
import io.podium.ranking.core.Ranked;
import io.podium.ranking.rules.RuleBook;
import io.podium.ranking.stream.Await;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code POST /admin/v1/preview?category=…} with a rule: the listing as it would be displayed with
 * it, by the core itself, as of now (from its {@code from} on, when that is later). Nothing is
 * stored.
 */
final class PreviewApi implements Route {
  private final RuleBook book;
  private final Listed listed;
  private final CoreQuestions core;
  private final Names names;
  private final Clock clock;

  PreviewApi(RuleBook book, Listed listed, CoreQuestions core, Names names, Clock clock) {
    this.book = book;
    this.listed = listed;
    this.core = core;
    this.names = names;
    this.clock = clock;
  }

  private record Both(Ranked now, Ranked then) {}

  @Override
  public Answer answer(Call call) throws Refusal {
    if (!call.method().equals("POST")) {
      throw Refusal.method("POST");
    }
    Rule rule = RuleRequest.read(call, listed, clock.instant(), false);
    Slice slice = rule.slice();
    ListingKey key =
        slice == null || !call.query().isEmpty()
            ? listed.key(rule.board(), call)
            : new ListingKey(rule.board(), slice);
    List<Rule> rules = new ArrayList<>(book.current());
    rules.removeIf(r -> r.id().equals(rule.id()));
    rules.add(valid(rule));
    Both both = Await.on(core.ask(c -> new Both(c.rank(key), c.rank(key, rules))), Desk.DEADLINE);
    ObjectNode json =
        ListingJson.of(both.then(), names.of(ListingJson.products(both.then()), call));
    Difference.put(
        json.putObject("changes"), ids(both.now()), ids(both.then()), java.util.Map.of());
    return Answer.json(json);
  }

  private static List<String> ids(Ranked r) {
    return r.displayed().stream().map(Ranked.Displayed::productId).toList();
  }

  /** As if it were valid now. */
  private static Rule valid(Rule r) {
    return new Rule(
        r.id(),
        r.board(),
        r.slice(),
        r.productId(),
        r.action(),
        r.place(),
        r.factor(),
        null,
        null,
        r.author(),
        r.reason());
  }
}
