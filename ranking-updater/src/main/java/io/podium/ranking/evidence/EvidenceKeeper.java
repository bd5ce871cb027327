package io.podium.ranking.evidence;

import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.ranking.core.Evidence;
import io.podium.ranking.stream.Await;
import io.podium.store.StoreException;
import io.podium.store.mongo.MongoEvidence;
import io.podium.store.mongo.MongoEvidence.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the evidence of published epochs in Mongo, for as long as their history. While Mongo is
 * away a bounded number waits and no more is gathered. {@link #offer} from the publisher's thread,
 * {@link #runCycle} on a thread of its own, the rest from any.
 */
public final class EvidenceKeeper {
  private static final int MOST_WAITING = 2_000;
  private static final int CHUNK = 32;
  private static final long PRUNE_EVERY_MS = 600_000;
  private static final Duration DEADLINE = Duration.ofSeconds(3);

  private final MongoEvidence mongo;
  private final Duration keep;
  private final Map<String, Row> waiting = new LinkedHashMap<>();
  private final Map<ListingKey, Long> prunedAt = new HashMap<>();
  private long kept;
  private long dropped;

  /**
   * @param keep how long
   */
  public EvidenceKeeper(MongoEvidence mongo, Duration keep) {
    this.mongo = mongo;
    this.keep = keep;
  }

  /**
   * The epoch stands as it was ranked; its first evidence is the one that is kept.
   *
   * @param evidence not empty
   */
  public void offer(Listing listing, List<Evidence> evidence) {
    byte[] value = EvidenceCodec.encode(evidence);
    add(new Row(listing.key(), listing.epoch(), evidence.get(0).asOf(), value));
  }

  private synchronized void add(Row row) {
    if (waiting.size() < MOST_WAITING) {
      waiting.putIfAbsent(row.key() + "@" + row.epoch(), row);
    } else {
      dropped++;
    }
  }

  /** Whether it takes more: the caller gathers none otherwise. */
  public synchronized boolean hasRoom() {
    return waiting.size() < MOST_WAITING / 2;
  }

  /** Epochs whose evidence waits for Mongo. */
  public synchronized int waiting() {
    return waiting.size();
  }

  /** Epochs whose evidence was written since the start. */
  public synchronized long kept() {
    return kept;
  }

  /** Epochs whose evidence found no room. */
  public synchronized long dropped() {
    return dropped;
  }

  /**
   * Writes some of what waits.
   *
   * @return whether there was anything to do
   * @throws StoreException when Mongo failed; everything waits on
   */
  public boolean runCycle() {
    List<Row> chunk = next();
    if (chunk.isEmpty()) {
      return false;
    }
    Await.on(mongo.add(chunk), DEADLINE);
    done(chunk);
    chunk.forEach(this::prune);
    return true;
  }

  private synchronized List<Row> next() {
    return waiting.values().stream().limit(CHUNK).toList();
  }

  private synchronized void done(List<Row> chunk) {
    kept += chunk.size();
    waiting.values().removeAll(new ArrayList<>(chunk));
  }

  /** Now and then, per listing. A failure is of no harm: the next one drops the same and more. */
  private void prune(Row row) {
    if (row.epoch() - prunedAt.getOrDefault(row.key(), 0L) > PRUNE_EVERY_MS) {
      prunedAt.put(row.key(), row.epoch());
      var unused = mongo.prune(row.key(), row.asOf().minus(keep));
    }
  }

  /** Of exactly this epoch; empty when none is kept. Waits for Mongo. */
  public Optional<Kept> find(ListingKey key, long epoch) {
    return Await.on(mongo.find(key, epoch), DEADLINE).map(EvidenceKeeper::kept);
  }

  /** The newest that was true at the moment or before. Waits for Mongo. */
  public Optional<Kept> findAsOf(ListingKey key, Instant moment) {
    return Await.on(mongo.findAsOf(key, moment), DEADLINE).map(EvidenceKeeper::kept);
  }

  private static Kept kept(Row row) {
    return new Kept(row.epoch(), row.asOf(), EvidenceCodec.decode(row.key(), row.value()));
  }

  /** What is kept of one epoch. */
  public record Kept(long epoch, Instant asOf, List<Evidence> entries) {}
}
