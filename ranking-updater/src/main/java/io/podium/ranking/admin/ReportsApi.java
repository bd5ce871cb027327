package io.podium.ranking.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code GET /admin/v1/reports/self-preference?board=&by=brand&from=&until=&format=json|csv}:
 * whether somebody's products stand better than they sell. Counted at evenly spread moments of the
 * period.
 */
final class ReportsApi implements Route {
  private static final String[] PARAMETERS = {"board", "by", "from", "until", "points", "format"};
  private static final Duration WEEK = Duration.ofDays(7);
  private static final int MOST_POINTS = 200;

  private final Listed listed;
  private final Past past;
  private final Names names;
  private final Clock clock;

  ReportsApi(Listed listed, Past past, Names names, Clock clock) {
    this.listed = listed;
    this.past = past;
    this.names = names;
    this.clock = clock;
  }

  @Override
  public Answer answer(Call call) throws Refusal {
    if (!call.rest().equals("self-preference")) {
      throw Refusal.missing("here is " + Desk.REPORTS + "/self-preference");
    }
    if (!call.method().equals("GET")) {
      throw Refusal.method("GET");
    }
    String format = call.parameter("format");
    if (format != null && !List.of("json", "csv").contains(format)) {
      throw Refusal.bad("format", "json or csv");
    }
    String by = call.parameter("by") == null ? "brand" : Listed.needed(call, "by");
    ListingKey key = listed.key(Listed.needed(call, "board"), call, PARAMETERS);
    Instant given = Listed.instant(call, "until");
    Instant until = given == null ? clock.instant() : given;
    Instant begin = Listed.instant(call, "from");
    Instant from = begin == null ? until.minus(WEEK) : begin;
    if (!from.isBefore(until)) {
      throw Refusal.bad("until", "a time after from");
    }
    int points = (int) Listed.number(call, "points", 100, 1, MOST_POINTS);
    List<Listing> samples = samples(key, from, until, points);
    Collection<Preference> rows = Preference.of(samples, members(samples, by));
    return "csv".equals(format)
        ? csv(by, rows)
        : Answer.json(json(ListingJson.key(key), by, from, until, samples.size(), rows));
  }

  private List<Listing> samples(ListingKey key, Instant from, Instant until, int points) {
    List<Listing> distinct = new ArrayList<>();
    long last = 0;
    for (Listing l : past.samples(key, from, until, points)) {
      if (l.epoch() != last && !l.shownFrom().isBefore(from)) {
        distinct.add(l);
      }
      last = l.epoch();
    }
    return distinct;
  }

  private Map<String, String> members(List<Listing> samples, String by) {
    Set<String> products = new HashSet<>();
    samples.forEach(l -> products.addAll(ListingJson.products(l)));
    return names.of(products, by);
  }

  private static ObjectNode json(
      ObjectNode json,
      String by,
      Instant from,
      Instant until,
      int samples,
      Collection<Preference> rows) {
    json.put("by", by).put("from", from.toString()).put("until", until.toString());
    json.put("epochs", samples);
    ArrayNode array = json.putArray("rows");
    for (Preference p : rows) {
      ObjectNode row = array.addObject().put(by, p.name());
      row.put("organicMean", p.organicMean()).put("displayedMean", p.displayedMean());
      row.put("gain", p.gain()).put("seenInBoth", p.both());
      row.put("organic", p.organic()).put("displayed", p.displayed());
      row.put("organicTop10", p.organicTop()).put("displayedTop10", p.displayedTop());
      row.put("promoted", p.promoted()).put("hidden", p.hidden());
    }
    return json;
  }

  private static Answer csv(String by, Collection<Preference> rows) {
    StringBuilder out = new StringBuilder();
    out.append(cell(by))
        .append(
            ",organicMean,displayedMean,gain,seenInBoth,organic,displayed,organicTop10,displayedTop10,"
                + "promoted,hidden\r\n");
    for (Preference p : rows) {
      out.append(cell(p.name())).append(',').append(p.organicMean()).append(',');
      out.append(p.displayedMean()).append(',').append(p.gain()).append(',').append(p.both());
      out.append(',').append(p.organic()).append(',').append(p.displayed()).append(',');
      out.append(p.organicTop()).append(',').append(p.displayedTop()).append(',');
      out.append(p.promoted()).append(',').append(p.hidden()).append("\r\n");
    }
    return new Answer(
        200,
        "text/csv; charset=utf-8",
        Buffer.buffer(out.toString()),
        Map.of("Content-Disposition", "attachment; filename=\"self-preference.csv\""));
  }

  /** Quoted always; never a formula for a spreadsheet. */
  private static String cell(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
  }
}
