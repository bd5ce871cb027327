package io.podium.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One engine on real stores for all test classes that do not break anything. */
final class LiveShop implements ParameterResolver {
  /** Closed with the last test class. */
  static final class Running implements AutoCloseable {
    final Path dir;
    final Shop shop;
    final Engine engine;
    final Http http;

    Running() {
      try {
        this.dir = Files.createTempDirectory("podium-read");
        Path site = Files.createDirectories(dir.resolve("site/img"));
        Files.writeString(dir.resolve("site/index.html"), "<h1>판매 랭킹</h1>");
        Files.writeString(site.resolve("logo.svg"), "<svg/>");
        Files.writeString(dir.resolve("secret.txt"), "secret");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      this.shop = new Shop(dir);
      shop.boards(Shop.board(Duration.ofMinutes(10)), Shop.shadow());
      shop.card("P1", 1, Map.of("name", "\"토너\"", "price", "12900"));
      shop.card("P9", 1, Map.of("name", "\"gone\"", "recalled", "true"));
      shop.card("P900", 1, Map.of("name", "\"never sold\""));
      shop.publish(Shop.BEST, 1000, Shop.entries(1, 45));
      shop.publish(Shop.BEST, 1001, Shop.entries(1, 45));
      shop.publishRuled(1001);
      this.engine =
          Engines.start(shop.stores(), Engines.config(dir, dir.resolve("site"), List.of()));
      this.http = new Http(engine.port());
      http.until("/v1/boards", a -> a.statusCode() == 200);
    }

    @Override
    public void close() {
      engine.close();
      shop.close();
      try (Stream<Path> files = Files.walk(dir)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType().equals(Running.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .computeIfAbsent(Running.class, key -> new Running(), Running.class);
  }
}
