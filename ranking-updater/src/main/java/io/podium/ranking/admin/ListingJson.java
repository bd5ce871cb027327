package io.podium.ranking.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Omitted;
import io.podium.ranking.core.Ranked;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Listings as the admin port tells them: organic beside displayed. */
final class ListingJson {
  private ListingJson() {}

  static ObjectNode key(ListingKey key) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("board", key.board());
    ObjectNode slice = json.putObject("slice");
    key.slice().values().forEach(slice::put);
    return json;
  }

  static List<String> products(Listing l) {
    List<String> ids = new ArrayList<>();
    l.entries().forEach(e -> ids.add(e.productId()));
    l.omitted().forEach(o -> ids.add(o.productId()));
    return ids;
  }

  static List<String> products(Ranked r) {
    List<String> ids = new ArrayList<>();
    r.displayed().forEach(d -> ids.add(d.productId()));
    r.omitted().forEach(o -> ids.add(o.productId()));
    return ids;
  }

  static ObjectNode of(Listing l, Map<String, String> names) {
    ObjectNode json = key(l.key());
    json.put("epoch", l.epoch()).put("asOf", l.asOf().toString());
    json.put("shownFrom", l.shownFrom().toString()).put("hash", l.hash());
    json.put("chain", l.chain()).put("total", l.entries().size());
    ArrayNode items = json.putArray("items");
    int rank = 0;
    for (Entry e : l.entries()) {
      ObjectNode item = items.addObject().put("rank", ++rank);
      product(item, e.productId(), names).put("score", Scores.shown(e.score(), l.scoreShift()));
      item.put("organicRank", e.organicRank());
      item.put("promoted", e.promoted()).put("buried", e.buried());
    }
    omitted(json, l.omitted(), l.scoreShift(), names);
    return json;
  }

  static ObjectNode of(Ranked r, Map<String, String> names) {
    ObjectNode json = key(r.key());
    json.put("asOf", r.asOf().toString()).put("hash", r.hash());
    json.put("total", r.displayed().size());
    ArrayNode items = json.putArray("items");
    int rank = 0;
    for (Ranked.Displayed d : r.displayed()) {
      ObjectNode item = items.addObject().put("rank", ++rank);
      product(item, d.productId(), names).put("score", Scores.shown(d.score(), r.scoreShift()));
      item.put("organicRank", d.organicRank());
      item.put("promoted", d.promoted()).put("buried", d.buried());
    }
    omitted(json, r.omitted(), r.scoreShift(), names);
    return json;
  }

  private static ObjectNode product(ObjectNode json, String id, Map<String, String> names) {
    json.put("productId", id);
    String name = names.get(id);
    return name == null ? json : json.put("name", name);
  }

  private static void omitted(
      ObjectNode json, List<Omitted> all, int shift, Map<String, String> names) {
    ArrayNode array = json.putArray("omitted");
    for (Omitted o : all) {
      ObjectNode item = product(array.addObject(), o.productId(), names);
      item.put("organicRank", o.organicRank()).put("score", Scores.shown(o.score(), shift));
      item.put("reason", o.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
  }
}
