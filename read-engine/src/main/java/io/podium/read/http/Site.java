package io.podium.read.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Static files, all in memory: the OpenAPI document, the page to try it, and optionally a folder
 * served at the root. Nothing is read from the disk for a request, so no path can lead out of the
 * folder.
 */
public final class Site {
  private static final int MAX_FILES = 2_000;
  private static final long MAX_BYTES = 64L << 20;
  private static final String REVALIDATE = "no-cache";
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json; charset=utf-8"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("webp", "image/webp"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"));

  private final Map<String, Asset> assets = new HashMap<>();

  /**
   * Reads everything; call it before serving.
   *
   * @param folder served at the root; null for none
   * @throws UncheckedIOException when the folder cannot be read or is too large
   */
  public Site(@Nullable Path folder) {
    if (folder != null) {
      add(folder);
    }
    assets.put(
        "openapi.yaml", Asset.compressed(resource("openapi.yaml"), "application/yaml", REVALIDATE));
    assets.put(
        "docs", Asset.compressed(resource("docs.html"), "text/html; charset=utf-8", REVALIDATE));
    assets.put(
        "docs.js",
        Asset.compressed(resource("docs.js"), "text/javascript; charset=utf-8", REVALIDATE));
  }

  /** The asset of a decoded path; null when there is none. */
  @Nullable Asset find(List<String> path) {
    return assets.get(String.join("/", path));
  }

  private void add(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.filter(Files::isRegularFile).limit(MAX_FILES + 1).toList();
      long bytes = 0;
      for (Path file : all) {
        bytes += Files.size(file);
      }
      if (all.size() > MAX_FILES || bytes > MAX_BYTES) {
        throw new IOException(folder + " is larger than a site may be");
      }
      for (Path file : all) {
        put(folder.relativize(file), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(Path relative, byte[] body) {
    String path = relative.toString().replace('\\', '/');
    String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    String type = TYPES.getOrDefault(extension, "application/octet-stream");
    Asset asset = Asset.compressed(body, type, REVALIDATE);
    assets.put(path, asset);
    if (path.equals("index.html") || path.endsWith("/index.html")) {
      assets.put(path.substring(0, path.length() - "index.html".length()), asset);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = Site.class.getResourceAsStream("/io/podium/read/http/" + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing in the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
