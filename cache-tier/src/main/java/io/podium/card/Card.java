package io.podium.card;

import io.podium.listing.CodePointOrder;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one product: an open JSON object in which per top-level member the newest stamp
 * wins. A change of a card is a card itself, and {@link #merge} is commutative, associative and
 * idempotent (a last-writer-wins map): tiers may merge in any order, any number of times.
 *
 * @param removed the newest removal, which discards every member with an older or equal stamp
 * @param unknown what a later version stores beside these, as JSON text by name: it means nothing
 *     here, and is kept by whoever writes the card again
 */
public record Card(
    String productId,
    SortedMap<String, Member> members,
    @Nullable Stamp removed,
    SortedMap<String, String> unknown) {
  private static final SortedMap<String, String> NOTHING = Collections.emptySortedMap();

  public Card {
    TreeMap<String, Member> kept = new TreeMap<>(members);
    if (removed != null) {
      Stamp at = removed;
      kept.values().removeIf(m -> m.stamp().compareTo(at) <= 0);
    }
    members = Collections.unmodifiableSortedMap(kept);
    unknown = unknown.isEmpty() ? NOTHING : Collections.unmodifiableSortedMap(unknown);
  }

  /** As this version makes one. */
  public Card(String productId, SortedMap<String, Member> members, @Nullable Stamp removed) {
    this(productId, members, removed, NOTHING);
  }

  public static Card of(String productId, Map<String, Member> members) {
    return new Card(productId, new TreeMap<>(members), null);
  }

  public static Card removal(String productId, Stamp at) {
    return new Card(productId, Collections.emptySortedMap(), at);
  }

  /** Both cards' newest members and removal. */
  public Card merge(Card other) {
    TreeMap<String, Member> both = new TreeMap<>(members);
    other.members.forEach((name, m) -> both.merge(name, m, Card::newer));
    Stamp at = removed;
    if (at == null || (other.removed != null && other.removed.compareTo(at) > 0)) {
      at = other.removed;
    }
    return new Card(productId, both, at, both(unknown, other.unknown));
  }

  /** Of two values the greater text: any choice will do that does not depend on who came first. */
  private static SortedMap<String, String> both(
      SortedMap<String, String> some, SortedMap<String, String> more) {
    if (more.isEmpty()) {
      return some;
    }
    TreeMap<String, String> both = new TreeMap<>(some);
    more.forEach(
        (name, json) ->
            both.merge(name, json, (a, b) -> CodePointOrder.compare(a, b) >= 0 ? a : b));
    return both;
  }

  /** Equal stamps (one event id under two sources): the greater text has it, whoever came first. */
  private static Member newer(Member a, Member b) {
    int byStamp = a.stamp().compareTo(b.stamp());
    if (byStamp != 0) {
      return byStamp > 0 ? a : b;
    }
    String x = a.json();
    String y = b.json();
    return y == null || (x != null && CodePointOrder.compare(x, y) >= 0) ? a : b;
  }

  /** The member's JSON text, or null when it is not set. */
  public @Nullable String json(String member) {
    Member m = members.get(member);
    return m == null ? null : m.json();
  }

  /** Removed, and nothing newer was said since. */
  public boolean isRemoved() {
    return removed != null && members.isEmpty();
  }

  /** Whether the product may be shown now (DESIGN 4.2, Eligibility). */
  public boolean isEligible() {
    return !isRemoved()
        && !"false".equals(json("onSale"))
        && !isZero(json("stock"))
        && !"true".equals(json("recalled"));
  }

  private static boolean isZero(@Nullable String json) {
    if (json == null) {
      return false;
    }
    // "0", "0.0", "-0", "0e5" are all zero; a string or an object is not a number.
    boolean digits = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == 'e' || c == 'E') {
        break;
      }
      if (c == '0') {
        digits = true;
      } else if (c != '.' && c != '-') {
        return false;
      }
    }
    return digits;
  }
}
