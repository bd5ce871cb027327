package io.podium.ranking.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podium.listing.ListingKey;
import io.podium.ranking.core.Ranked;
import io.podium.ranking.stream.Await;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code GET /admin/v1/compare?board=A&with=B&category=…}: how two boards' listings of one slice
 * differ now; for a shadow board before it is shown to anybody.
 */
final class CompareApi implements Route {
  private final Listed listed;
  private final CoreQuestions core;
  private final Names names;

  CompareApi(Listed listed, CoreQuestions core, Names names) {
    this.listed = listed;
    this.core = core;
    this.names = names;
  }

  private record Both(Ranked one, Ranked other) {}

  @Override
  public Answer answer(Call call) throws Refusal {
    if (!call.method().equals("GET")) {
      throw Refusal.method("GET");
    }
    ListingKey one = listed.key(Listed.needed(call, "board"), call, "board", "with");
    ListingKey other = listed.key(Listed.needed(call, "with"), call, "board", "with");
    Both both = Await.on(core.ask(c -> new Both(c.rank(one), c.rank(other))), Desk.DEADLINE);
    ObjectNode json = ListingJson.key(one).put("with", other.board());
    json.put("asOf", both.one().asOf().toString());
    List<String> all = new ArrayList<>(ids(both.one()));
    all.addAll(ids(both.other()));
    Difference.put(json, ids(both.one()), ids(both.other()), names.of(all, call));
    return Answer.json(json);
  }

  private static List<String> ids(Ranked r) {
    return r.displayed().stream().map(Ranked.Displayed::productId).toList();
  }
}
