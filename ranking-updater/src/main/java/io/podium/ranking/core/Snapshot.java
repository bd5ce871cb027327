package io.podium.ranking.core;

import io.podium.card.Card;
import io.podium.ranking.core.Clock.Waiting;
import io.podium.ranking.event.Key;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A core's state as bytes. Saved are names, cards, orders, ids and counters; totals, candidates and
 * buyer groups follow from them and are made again.
 *
 * <pre>
 * magic, version | currencies, profiles, products | ledger | clocks | orders | event ids |
 * boards: counters, returned | waiting
 * </pre>
 */
final class Snapshot {
  private static final int MAGIC = 0x504f4449;
  private static final int VERSION = 2;

  private Snapshot() {}

  static void save(CoreState state, OutputStream to) throws IOException {
    state.boards.values().forEach(b -> b.standings.settle());
    SnapshotWriter w = new SnapshotWriter(to);
    w.out.writeInt(MAGIC);
    w.out.writeInt(VERSION);
    names(state, w);
    ledger(state.ledger, w);
    for (Clock clock : state.clocks) {
      clock(state, clock, w);
    }
    state.stores.book.save(w.out);
    state.stores.dedupe.save(w.out);
    w.out.writeInt(state.boards.size());
    for (BoardRanking b : state.boards.values()) {
      BoardSnapshot.save(b, w);
    }
    waiting(state, w);
    w.out.flush();
  }

  /** Returns the boards whose definition changed. */
  static List<String> restore(CoreState state, Intake intake, InputStream from) throws IOException {
    SnapshotReader r = new SnapshotReader(from);
    if (r.in.readInt() != MAGIC || r.in.readInt() != VERSION) {
      throw new IOException("snapshot: not of this version; replay the events instead");
    }
    int[] currencies = state.currencies.restore(r.texts());
    int[] profiles = names(state, r);
    ledger(state.ledger, r);
    for (Clock clock : state.clocks) {
      clock(clock, intake, r);
    }
    state.stores.book.restore(r.in, profiles, currencies);
    state.stores.dedupe.restore(r.in);
    Set<String> rebuilt = new HashSet<>(state.boards.keySet());
    int boards = r.in.readInt();
    for (int i = 0; i < boards; i++) {
      rebuilt.remove(BoardSnapshot.restore(state, r));
    }
    rejoin(state, rebuilt);
    waiting(state, intake, r);
    letGoUnused(state.stores.products);
    return state.boards.keySet().stream().filter(rebuilt::contains).toList();
  }

  private static void names(CoreState state, SnapshotWriter w) throws IOException {
    w.texts(state.currencies.codes());
    Profiles profiles = state.stores.profiles;
    w.texts(profiles.dimensions);
    w.out.writeInt(profiles.size());
    for (int i = 0; i < profiles.size(); i++) {
      w.texts(profiles.isFree(i) ? List.of() : profiles.values(i));
    }
    Products products = state.stores.products;
    w.out.writeInt(products.end());
    for (int i = 0; i < products.end(); i++) {
      w.text(products.nameOrNull(i));
    }
  }

  /** Returns the new int of each old profile: boards may be cut by other dimensions now. */
  private static int[] names(CoreState state, SnapshotReader r) throws IOException {
    Profiles profiles = state.stores.profiles;
    List<String> before = r.texts();
    int[] now = new int[r.in.readInt()];
    for (int i = 0; i < now.length; i++) {
      List<String> old = r.texts();
      if (old.size() < before.size()) {
        // Was forgotten.
        continue;
      }
      List<String> own = new ArrayList<>();
      for (String dimension : profiles.dimensions) {
        int at = before.indexOf(dimension);
        own.add(at < 0 ? "" : old.get(at));
      }
      now[i] = profiles.intern(own);
    }
    int products = r.in.readInt();
    for (int i = 0; i < products; i++) {
      String name = r.textOrNull();
      if (name != null) {
        state.stores.products.restore(i, name);
      }
    }
    state.stores.products.closeGaps();
    return now;
  }

  private static void ledger(Ledger ledger, SnapshotWriter w) throws IOException {
    SnapshotOutput out = w.out;
    out.writeLong(ledger.applied);
    out.writeLong(ledger.duplicate);
    out.writeLong(ledger.conflict);
    out.writeLong(ledger.late);
    out.writeLong(ledger.ignored);
    w.counts(ledger.rejected);
  }

  private static void ledger(Ledger ledger, SnapshotReader r) throws IOException {
    DataInputStream in = r.in;
    ledger.applied = in.readLong();
    ledger.duplicate = in.readLong();
    ledger.conflict = in.readLong();
    ledger.late = in.readLong();
    ledger.ignored = in.readLong();
    ledger.rejected.putAll(r.counts());
  }

  private static void clock(CoreState state, Clock clock, SnapshotWriter w) throws IOException {
    w.out.writeLong(clock.t());
    List<Card> cards = new ArrayList<>();
    for (int i = 0; i < Math.min(clock.cards.end(), state.stores.products.end()); i++) {
      Card card = clock.cards.get(i);
      if (card != null) {
        cards.add(card);
      }
    }
    w.out.writeInt(cards.size());
    for (Card card : cards) {
      w.card(card);
    }
  }

  private static void clock(Clock clock, Intake intake, SnapshotReader r) throws IOException {
    long t = r.in.readLong();
    int cards = r.in.readInt();
    for (int i = 0; i < cards; i++) {
      intake.restoreCard(clock, r.card());
    }
    if (t != Nanos.NONE) {
      intake.advance(clock, t);
    }
  }

  /** Groups under a buyer cap are made again, and boards that changed count what is remembered. */
  private static void rejoin(CoreState state, Set<String> rebuilt) {
    Order order = new Order();
    OrderBook book = state.stores.book;
    book.forEachPlacement(
        placement -> {
          book.view(placement, order);
          for (BoardRanking b : state.boards.values()) {
            if (rebuilt.contains(b.board.name())) {
              b.counting.join(order);
            } else {
              b.counting.rejoin(order);
            }
          }
        });
  }

  private static void waiting(CoreState state, SnapshotWriter w) throws IOException {
    Key key = new Key();
    for (Clock clock : state.clocks) {
      List<Waiting> standing = new ArrayList<>();
      for (Waiting one : clock.waiting()) {
        boolean gone =
            one.event instanceof OrderPlaced e
                && state.stores.book.placement(key.start().add(e.orderId())) != one.placement;
        if (!gone) {
          standing.add(one);
        }
      }
      w.out.writeInt(standing.size());
      for (Waiting one : standing) {
        w.out.writeLong(one.arrival);
        w.event(one.event);
      }
    }
  }

  private static void waiting(CoreState state, Intake intake, SnapshotReader r) throws IOException {
    Map<Long, Waiting> known = new HashMap<>();
    for (Clock clock : state.clocks) {
      int n = r.in.readInt();
      for (int i = 0; i < n; i++) {
        intake.restore(clock, r.in.readLong(), r.event(), known);
      }
    }
  }

  private static void letGoUnused(Products products) {
    for (int i = 0; i < products.end(); i++) {
      products.letGo(i);
    }
  }
}
