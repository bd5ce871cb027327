package io.podium.read.tls;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate and its key, as PEM files. Changed files are taken within some seconds; handshakes
 * from then on use the new ones, open connections go on. Files that cannot be used leave the old
 * ones in force.
 */
public final class Certificates {
  private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

  private final Path certificate;
  private final Path key;
  private final long everyMs;
  private String seen;

  /**
   * @param certificate with the chain behind it
   * @param everyMs how often the files are looked at
   * @throws IOException when one of them cannot be read
   */
  public Certificates(Path certificate, Path key, long everyMs) throws IOException {
    this.certificate = certificate;
    this.key = key;
    this.everyMs = everyMs;
    this.seen = stamp();
  }

  public PemKeyCertOptions options() {
    return new PemKeyCertOptions().setCertPath(certificate.toString()).setKeyPath(key.toString());
  }

  /** Keeps the server's certificate that of the files; call it once, whatever shares the port. */
  public void follow(Vertx vertx, HttpServer server) {
    vertx.setPeriodic(
        everyMs, timer -> vertx.executeBlocking(this::changed).onSuccess(c -> take(server, c)));
  }

  /** What the files are now; the same as before when it cannot be told. */
  private synchronized boolean changed() {
    try {
      String now = stamp();
      boolean changed = !now.equals(seen);
      seen = now;
      return changed;
    } catch (IOException e) {
      return false; // in the middle of being replaced
    }
  }

  private String stamp() throws IOException {
    return Files.getLastModifiedTime(certificate)
        + " "
        + Files.size(certificate)
        + " "
        + Files.getLastModifiedTime(key)
        + " "
        + Files.size(key);
  }

  private void take(HttpServer server, boolean changed) {
    if (changed) {
      ServerSSLOptions fresh = new ServerSSLOptions().setKeyCertOptions(options());
      Future<Boolean> taken = server.updateSSLOptions(fresh, true);
      taken.onSuccess(t -> LOG.info("took the changed certificate {}", certificate));
      taken.onFailure(
          failure ->
              LOG.error(
                  "the changed certificate {} cannot be used, the old one stays in force: {}",
                  certificate,
                  failure.getMessage()));
    }
  }
}
