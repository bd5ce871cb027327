package io.podium.bench.read;

import io.podium.bench.Figure;
import io.podium.bench.Measurement;
import io.podium.bench.Mode;
import io.podium.bench.Progress;
import io.podium.bench.Scratch;
import io.podium.bench.Text;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A price changes on a product that 2,000 pages show, while another page is asked for some ten
 * thousand times a second: seconds from the change in the store to the last page that shows it.
 */
public final class CardChange implements Measurement {
  private static final int CATEGORIES = 500;
  private static final List<Integer> SIZES = List.of(10, 20, 50, 100);
  private static final int CONNECTIONS = 32;

  /** Each connection rests so many milliseconds: a machine at its limit tells of its scheduler. */
  private static final String RESTING = "function delay() return 2 end";

  @Override
  public List<String> jvmFlags() {
    return List.of("-Xmx256m");
  }

  @Override
  public List<Figure> measure(Mode mode, Progress progress) {
    return Scratch.use(
        dir -> {
          try (ReadShop shop = new ReadShop(dir, categories())) {
            shop.cards(100);
            shop.publish(ReadShop.WHOLE, 1_000, 1, 100);
            for (String category : categories()) {
              Slice slice = Slice.of(Map.of("category", category));
              shop.publish(new ListingKey(ReadShop.BOARD, slice), 1_000, 1, 10);
            }
            try (EngineServer engine = EngineServer.start(dir, shop.stores(), List.of())) {
              return List.of(measure(dir, shop, engine, mode, progress));
            }
          }
        });
  }

  private static List<String> categories() {
    List<String> categories = new ArrayList<>();
    for (int i = 0; i < CATEGORIES; i++) {
      categories.add("c" + i);
    }
    return categories;
  }

  private static List<String> pages() {
    List<String> pages = new ArrayList<>();
    for (String category : categories()) {
      for (int size : SIZES) {
        pages.add("/v1/rankings/" + ReadShop.BOARD + "?category=" + category + "&size=" + size);
      }
    }
    return pages;
  }

  private static Figure measure(
      Path dir, ReadShop shop, EngineServer engine, Mode mode, Progress progress)
      throws IOException {
    Path script = dir.resolve("rest.lua");
    Files.writeString(script, RESTING, StandardCharsets.UTF_8);
    List<Double> seconds = new ArrayList<>();
    try (Probe probe = new Probe(engine.port())) {
      probe.until(pages(), "\"price\":12901");
      Wrk wrk = new Wrk(CONNECTIONS, List.of("-s", script.toString()));
      // A change that takes two seconds breaches in any form.
      Duration all = mode.round().multipliedBy((mode == Mode.FULL ? 3L : 2L) * mode.rounds());
      CompletableFuture<Long> load =
          CompletableFuture.supplyAsync(() -> wrk.run(engine.port(), ReadShop.PAGE, all));
      for (int round = 0; round < mode.rounds() && !load.isDone(); round++) {
        long price = 20_000L + round;
        shop.price(1, price);
        long start = System.nanoTime();
        probe.until(pages(), "\"price\":" + price);
        seconds.add((System.nanoTime() - start) / 1e9);
        progress.at((round + 1.0) / mode.rounds(), "change " + (round + 1));
      }
      double perSecond = load.join() / (double) all.toSeconds();
      return new Figure(
          "all-pages",
          seconds,
          0,
          Map.of("pages", "2000", "requests beside", Text.si(perSecond) + "/s"));
    }
  }
}
