package io.podium.ranking.stream;

import io.podium.store.StoreException;
import io.podium.store.StoreException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** The event log's twin in memory: same promises, time passed in. Thread-safe. */
public final class MemoryEventLog implements EventLog {
  private final LongSupplier millis;
  private final long maxBacklog;
  private final Map<StreamName, List<StreamEntry>> streams = new EnumMap<>(StreamName.class);
  private final Map<StreamName, Long> ordinals = new EnumMap<>(StreamName.class);
  private final Map<StreamName, Position> ends = new EnumMap<>(StreamName.class);
  private final Map<EntryId, DeadLetter> dead = new LinkedHashMap<>();
  private final List<StreamEntry> history = new ArrayList<>();
  private final Map<String, Registered> registered = new HashMap<>();
  private EntryId last = EntryId.START;
  private volatile boolean away;

  public MemoryEventLog(LongSupplier millis, long maxBacklog) {
    this.millis = millis;
    this.maxBacklog = maxBacklog;
    for (StreamName stream : StreamName.values()) {
      streams.put(stream, new ArrayList<>());
      ends.put(stream, Position.START);
    }
  }

  /** Every call fails while it is away. */
  public void away(boolean now) {
    away = now;
  }

  private <T> CompletionStage<T> answer(java.util.function.Supplier<T> call) {
    if (away) {
      return CompletableFuture.failedFuture(new StoreException(Kind.AWAY, "log: away", null));
    }
    synchronized (this) {
      try {
        return CompletableFuture.completedFuture(call.get());
      } catch (StoreException e) {
        return CompletableFuture.failedFuture(e);
      }
    }
  }

  private List<StreamEntry> stream(StreamName name) {
    return streams.computeIfAbsent(name, n -> new ArrayList<>());
  }

  @Override
  public CompletionStage<Void> append(List<byte[]> events, List<byte[]> products) {
    return answer(
        () -> {
          if (stream(StreamName.EVENTS).size() + events.size() > maxBacklog
              || stream(StreamName.PRODUCTS).size() + products.size() > maxBacklog) {
            throw new StoreException(Kind.BUSY, "log: at its limit", null);
          }
          events.forEach(e -> add(StreamName.EVENTS, e));
          products.forEach(e -> add(StreamName.PRODUCTS, e));
          return null;
        });
  }

  private void add(StreamName stream, byte[] event) {
    long now = Math.max(millis.getAsLong(), last.millis());
    last = now == last.millis() ? last.next() : new EntryId(now, 0);
    long ordinal = ordinals.merge(stream, 1L, Long::sum);
    StreamEntry entry = new StreamEntry(stream, last, ordinal, event, true);
    stream(stream).add(entry);
    history.add(entry);
    ends.put(stream, entry.position());
  }

  @Override
  public CompletionStage<Batch> read(Positions after, int limit, Duration wait) {
    return answer(
        () ->
            new Batch(
                after(StreamName.EVENTS, after.events().id(), limit),
                after(StreamName.PRODUCTS, after.products().id(), limit)));
  }

  @Override
  public CompletionStage<List<StreamEntry>> read(
      StreamName stream, EntryId after, int limit, Duration wait) {
    return answer(() -> after(stream, after, limit));
  }

  private List<StreamEntry> after(StreamName stream, EntryId after, int limit) {
    return stream(stream).stream().filter(e -> e.id().compareTo(after) > 0).limit(limit).toList();
  }

  @Override
  public CompletionStage<Positions> ends() {
    return answer(
        () ->
            new Positions(
                ends.getOrDefault(StreamName.EVENTS, Position.START),
                ends.getOrDefault(StreamName.PRODUCTS, Position.START)));
  }

  @Override
  public CompletionStage<Void> deadLetters(List<DeadLetter> letters) {
    return answer(
        () -> {
          letters.forEach(l -> dead.putIfAbsent(l.entry().id(), l));
          return null;
        });
  }

  public synchronized List<DeadLetter> dead() {
    return List.copyOf(dead.values());
  }

  /** Everything that was ever appended, trimmed or not, in order. */
  public synchronized List<StreamEntry> history() {
    return List.copyOf(history);
  }

  private record Registered(Positions safe, long heardAt) {}

  @Override
  public CompletionStage<Void> register(String updater, Positions positions, long nowMillis) {
    return answer(
        () -> {
          registered.put(updater, new Registered(positions, nowMillis));
          return null;
        });
  }

  @Override
  public CompletionStage<Void> trim(long nowMillis, Retention retention) {
    return answer(
        () -> {
          registered.values().removeIf(r -> r.heardAt < nowMillis - retention.forget().toMillis());
          EntryId young = new EntryId(nowMillis - retention.keep().toMillis(), 0);
          for (StreamName name : StreamName.values()) {
            trim(name, young, retention.roomy());
          }
          return null;
        });
  }

  private void trim(StreamName name, EntryId young, long roomy) {
    List<StreamEntry> entries = stream(name);
    boolean crowded = entries.size() > roomy;
    registered.values().stream()
        .map(r -> r.safe.of(name).id())
        .min(EntryId::compareTo)
        .map(safe -> crowded || safe.compareTo(young) < 0 ? safe : young)
        .ifPresent(from -> entries.removeIf(e -> e.id().compareTo(from) < 0));
  }
}
