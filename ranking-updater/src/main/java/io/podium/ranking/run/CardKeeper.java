package io.podium.ranking.run;

import io.podium.announce.Announcement;
import io.podium.announce.AnnouncementLog;
import io.podium.card.Card;
import io.podium.ranking.event.Decoded;
import io.podium.ranking.event.EventDecoder;
import io.podium.ranking.event.SalesEvent.CardChange;
import io.podium.ranking.stream.Await;
import io.podium.ranking.stream.EventLog;
import io.podium.ranking.stream.Position;
import io.podium.ranking.stream.StreamEntry;
import io.podium.ranking.stream.StreamName;
import io.podium.store.CardStore;
import io.podium.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the cards of one store as the product stream says: merging is a last-writer-wins map, so
 * any number of keepers may do the same, in any order and again. Independent of the ranking loop.
 * {@link #step} on the keeper's own thread.
 *
 * <p>Every keeper announces every change that it reads, whether or not its merge was the one that
 * changed the store: else a keeper that dies between its merge and its announcement would leave a
 * change that nobody ever announces.
 */
final class CardKeeper {
  private static final int BATCH = 500;
  private static final Duration POLL = Duration.ofMillis(50);

  /** About two seconds when nothing comes: what fails may take a moment each time. */
  private static final int STEPS_TO_NEXT_FILL = 40;

  private final EventLog log;
  private final EventDecoder decoder;
  private final CardStore store;
  private final @Nullable AnnouncementLog announcements;
  private final @Nullable CardStore source;
  private final Supplier<String> life;
  private final PositionFile file;
  private final long maxAheadMillis;
  private final Duration deadline;
  private PositionFile.@Nullable Mark mark;
  private volatile Position safe = Position.START;
  private boolean owesFill;
  private boolean owesNews;
  private int stepsToFill;

  /**
   * @param announcements null: nobody is told
   * @param source a store that remembers what the stream has forgotten, to fill an emptied one
   *     from; null: the stream alone
   * @param life names the present life of the store: another one after it was emptied
   */
  CardKeeper(
      EventLog log,
      EventDecoder decoder,
      CardStore store,
      @Nullable AnnouncementLog announcements,
      @Nullable CardStore source,
      Supplier<String> life,
      PositionFile file,
      Duration maxAhead,
      Duration deadline) {
    this.log = log;
    this.decoder = decoder;
    this.store = store;
    this.announcements = announcements;
    this.source = source;
    this.life = life;
    this.file = file;
    this.maxAheadMillis = maxAhead.toMillis();
    this.deadline = deadline;
  }

  Duration step() throws IOException {
    String now = life.get();
    PositionFile.Mark at = mark == null ? file.read() : mark;
    if (!at.store().equals(now)) {
      owesFill = true;
      stepsToFill = 0;
      at = new PositionFile.Mark(now, Position.START);
      mark = at;
    }
    fillWhenDue();
    safe = at.position();
    List<StreamEntry> entries =
        Await.on(log.read(StreamName.PRODUCTS, safe.id(), BATCH, Duration.ZERO), deadline);
    if (!entries.isEmpty()) {
      if (safe.ordinal() > 0 && safe.to(entries.get(0)) == Position.Step.GAP) {
        // The store was away for longer than the stream remembers.
        owesFill = true;
        owesNews = true;
        stepsToFill = 0;
        fillWhenDue();
      }
      keep(changes(entries));
      at = new PositionFile.Mark(now, entries.get(entries.size() - 1).position());
      if (!owesFill) {
        file.write(at);
      }
      safe = at.position();
    }
    mark = at;
    return entries.size() == BATCH ? Duration.ZERO : POLL;
  }

  private void keep(List<Card> changes) {
    if (changes.isEmpty()) {
      return;
    }
    Await.on(store.merge(changes), deadline);
    announce(changes.stream().map(Card::productId).toList());
  }

  private void announce(List<String> products) {
    if (announcements != null && !products.isEmpty()) {
      List<Announcement> told = new ArrayList<>(products.size());
      products.forEach(id -> told.add(new Announcement.CardChanged(id)));
      Await.on(announcements.append(told), deadline);
    }
  }

  /** One change per product: several merge into one. */
  private List<Card> changes(List<StreamEntry> entries) {
    Map<String, Card> byProduct = new LinkedHashMap<>();
    for (StreamEntry entry : entries) {
      if (entry.intact()
          && decoder.decode(entry.event()) instanceof Decoded.Accepted accepted
          && accepted.event() instanceof CardChange c
          && !isAhead(c, entry)) {
        byProduct.merge(c.change().productId(), c.change(), Card::merge);
      }
    }
    return List.copyOf(byProduct.values());
  }

  /** The same rule as the core's: such an event is rejected there. */
  private boolean isAhead(CardChange change, StreamEntry entry) {
    return change.meta().time().toEpochMilli() > entry.id().millis() + maxAheadMillis;
  }

  /**
   * What the source remembers goes into the store. While the source is away the stream goes on:
   * merging needs no order. The position is not kept meanwhile, so that a new life owes it again.
   */
  private void fillWhenDue() {
    if (!owesFill || stepsToFill-- > 0) {
      return;
    }
    try {
      fill(owesNews);
      owesFill = false;
      owesNews = false;
    } catch (StoreException e) {
      stepsToFill = STEPS_TO_NEXT_FILL;
      // Readers may have looked for what is not there yet.
      owesNews = true;
    }
  }

  /**
   * @param tell announce what changed; after a wipe readers begin anew by themselves
   */
  private void fill(boolean tell) {
    CardStore from = source;
    if (from == null) {
      return;
    }
    String after = "";
    while (true) {
      Optional<List<Card>> page = Await.on(from.scan(after, BATCH), deadline);
      if (page.isEmpty() || page.get().isEmpty()) {
        return;
      }
      List<String> changed = Await.on(store.merge(page.get()), deadline);
      if (tell) {
        announce(changed);
      }
      after = page.get().get(page.get().size() - 1).productId();
    }
  }

  /** Everything up to here is in the store. */
  Position safe() {
    return safe;
  }
}
