package io.podium.ranking.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Omitted;
import io.podium.ranking.core.Ranked;
import io.podium.ranking.rules.Hold;
import io.podium.ranking.rules.RuleBook;
import io.podium.ranking.stream.Await;
import io.podium.store.StoreException;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /admin/v1/listings/{board}?category=…}: as it is shown now, or was ({@code at}, {@code
 * epoch}); {@code …/epochs}, {@code …/diff?from=&to=}, {@code …/products/{productId}} for its
 * course; {@code POST …/rollback} and {@code …/release}.
 */
final class ListingsApi implements Route {
  private static final int MOST_EPOCHS = 200;
  private static final int MOST_POINTS = 300;
  private static final Duration DAY = Duration.ofDays(1);

  private final RuleBook book;
  private final Listed listed;
  private final CoreQuestions core;
  private final Past past;
  private final Names names;
  private final Clock clock;
  private final Rollback rollback;

  ListingsApi(
      RuleBook book, Listed listed, CoreQuestions core, Past past, Names names, Clock clock) {
    this.book = book;
    this.listed = listed;
    this.core = core;
    this.past = past;
    this.names = names;
    this.clock = clock;
    this.rollback = new Rollback(book, listed, past);
  }

  @Override
  public Answer answer(Call call) throws Refusal {
    List<String> parts = call.parts();
    String what = parts.size() < 2 ? "" : parts.get(1);
    boolean one = parts.size() == 2;
    if (parts.isEmpty() || (parts.size() > 2 && !what.equals("products"))) {
      throw unknown();
    }
    String board = parts.get(0);
    boolean post = what.equals("rollback") || what.equals("release");
    if (!call.method().equals(post ? "POST" : "GET")) {
      throw Refusal.method(post ? "POST" : "GET");
    }
    return switch (what) {
      case "" -> listing(call, board);
      case "epochs" -> epochs(call, board);
      case "diff" -> diff(call, board);
      case "rollback" -> rollback.rollback(call, board);
      case "release" -> rollback.release(call, board);
      case "products" -> {
        if (one || parts.get(2).isEmpty()) {
          throw unknown();
        }
        yield course(call, board, String.join("/", parts.subList(2, parts.size())));
      }
      default -> throw unknown();
    };
  }

  private static Refusal unknown() {
    return Refusal.missing(
        "allowed: "
            + Desk.LISTINGS
            + "/{board}, and behind it /epochs, /diff, /products/{productId},"
            + " /rollback and /release");
  }

  private Answer listing(Call call, String board) throws Refusal {
    ListingKey key = listed.key(board, call, "at", "epoch");
    Instant at = Listed.instant(call, "at");
    long epoch = Listed.number(call, "epoch", 0, 0, Long.MAX_VALUE);
    if (at == null && epoch == 0) {
      return Answer.json(now(key, call));
    }
    Optional<Listing> found = at != null ? past.asOf(key, at) : past.epoch(key, epoch);
    Listing l = found.orElseThrow(() -> Refusal.missing("history does not reach back to it"));
    return Answer.json(ListingJson.of(l, names.of(ListingJson.products(l), call)));
  }

  private ObjectNode now(ListingKey key, Call call) {
    Ranked ranked = Await.on(core.ask(c -> c.rank(key)), Desk.DEADLINE);
    Hold hold = book.holds().get(key);
    if (hold != null) {
      return held(hold, ranked, call);
    }
    ObjectNode json = ListingJson.of(ranked, names.of(ListingJson.products(ranked), call));
    published(key).ifPresent(l -> json.put("epoch", l.epoch()));
    return json;
  }

  /** What is ranked is not shown then: the published epoch is, and what a release would change. */
  private ObjectNode held(Hold hold, Ranked ranked, Call call) {
    Listing shown = published(ranked.key()).orElse(hold.listing());
    List<String> all = new ArrayList<>(ListingJson.products(shown));
    all.addAll(ids(hold.listing()));
    all.addAll(ListingJson.products(ranked));
    Map<String, String> named = names.of(all, call);
    ObjectNode json = ListingJson.of(shown, named);
    ObjectNode held = json.putObject("held");
    held.put("epoch", hold.listing().epoch())
        .put("asOf", hold.listing().asOf().toString())
        .put("since", Instant.ofEpochMilli(hold.since().millis()).toString())
        .put("author", hold.author())
        .put("reason", hold.reason());
    List<String> next = ranked.displayed().stream().map(Ranked.Displayed::productId).toList();
    // From what is held: its epoch may not be out yet.
    Difference.put(held.putObject("changes"), ids(hold.listing()), next, named);
    return json;
  }

  /** What is ranked, or held, can be told without the stores. */
  private Optional<Listing> published(ListingKey key) {
    try {
      return past.newest(key);
    } catch (StoreException e) {
      return Optional.empty();
    }
  }

  private Answer epochs(Call call, String board) throws Refusal {
    ListingKey key = listed.key(board, call, "from", "limit");
    Instant from = Listed.instant(call, "from");
    int limit = (int) Listed.number(call, "limit", 50, 1, MOST_EPOCHS);
    long after = from == null ? 0 : from.toEpochMilli() - 1;
    ObjectNode json = ListingJson.key(key);
    ArrayNode array = json.putArray("epochs");
    for (Listing l : past.after(key, after, limit)) {
      ObjectNode one = array.addObject().put("epoch", l.epoch());
      one.put("asOf", l.asOf().toString()).put("shownFrom", l.shownFrom().toString());
      one.put("hash", l.hash()).put("total", l.entries().size());
    }
    return Answer.json(json);
  }

  private Answer diff(Call call, String board) throws Refusal {
    ListingKey key = listed.key(board, call, "from", "to");
    Listing from = epoch(call, key, "from");
    Listing to = epoch(call, key, "to");
    ObjectNode json = ListingJson.key(key).put("from", from.epoch()).put("to", to.epoch());
    List<String> all = new ArrayList<>(ids(from));
    all.addAll(ids(to));
    Difference.put(json, ids(from), ids(to), names.of(all, call));
    return Answer.json(json);
  }

  private Listing epoch(Call call, ListingKey key, String name) throws Refusal {
    Listed.needed(call, name);
    long epoch = Listed.number(call, name, 0, 1, Long.MAX_VALUE);
    return past.epoch(key, epoch)
        .orElseThrow(() -> Refusal.missing(name + ": epoch " + epoch + " is not kept"));
  }

  private static List<String> ids(Listing l) {
    return l.entries().stream().map(Entry::productId).toList();
  }

  /** Rank and score of one product over time, at evenly spread moments. */
  private Answer course(Call call, String board, String product) throws Refusal {
    ListingKey key = listed.key(board, call, "from", "until", "points");
    Instant given = Listed.instant(call, "until");
    Instant until = given == null ? clock.instant() : given;
    Instant begin = Listed.instant(call, "from");
    Instant from = begin == null ? until.minus(DAY) : begin;
    if (!from.isBefore(until)) {
      throw Refusal.bad("until", "a time after from");
    }
    int points = (int) Listed.number(call, "points", 120, 2, MOST_POINTS);
    ObjectNode json = ListingJson.key(key).put("productId", product);
    json.put("from", from.toString()).put("until", until.toString());
    ArrayNode array = json.putArray("points");
    long last = 0;
    for (Listing l : past.samples(key, from, until, points)) {
      if (l.epoch() != last && !l.shownFrom().isBefore(from)) {
        point(array.addObject(), l, product);
      }
      last = l.epoch();
    }
    return Answer.json(json);
  }

  private static void point(ObjectNode json, Listing l, String product) {
    json.put("epoch", l.epoch()).put("asOf", l.asOf().toString());
    json.put("shownFrom", l.shownFrom().toString());
    for (int i = 0; i < l.entries().size(); i++) {
      Entry e = l.entries().get(i);
      if (e.productId().equals(product)) {
        json.put("rank", i + 1);
        tell(json, e.organicRank(), l, e.score());
      }
    }
    for (Omitted o : l.omitted()) {
      if (o.productId().equals(product)) {
        tell(json, o.organicRank(), l, o.score());
      }
    }
  }

  private static void tell(ObjectNode json, int organic, Listing l, BigInteger score) {
    json.put("organicRank", organic);
    json.put("score", Scores.shown(score, l.scoreShift()));
  }
}
