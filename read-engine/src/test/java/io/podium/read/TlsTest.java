package io.podium.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  @Test
  void theCertificateIsTakenAgainWhenItChanges(@TempDir Path dir) throws Exception {
    Path cert = dir.resolve("cert.pem");
    Path key = dir.resolve("key.pem");
    try (Shop shop = new Shop(dir);
        Engine engine = start(shop, dir, cert, key)) {
      BigInteger first = serial(engine.port());
      for (HttpClient.Version version : HttpClient.Version.values()) {
        HttpResponse<String> answer = get(engine.port(), version);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(version);
      }
      assertThat(raw(engine.port(), "GET /v1/boards HTTP/1.1\r\nHost: x\r\n\r\n"))
          .startsWith("HTTP/1.1 200");
      assertThat(raw(engine.port(), "GET /v1/boards HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n"))
          .startsWith("HTTP/1.1 400");
      try (Raw clear = new Raw(engine.port())) {
        clear.send("GET /v1/boards HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(clear.text()).doesNotContain("200");
      }
      Files.writeString(key, "not a key");
      make(dir, "2", dir.resolve("cert2.pem"), dir.resolve("key2.pem"));
      assertThat(serial(engine.port())).isEqualTo(first);
      Files.move(dir.resolve("cert2.pem"), cert, StandardCopyOption.REPLACE_EXISTING);
      Files.move(dir.resolve("key2.pem"), key, StandardCopyOption.REPLACE_EXISTING);
      Http.await("the new certificate", () -> !serial(engine.port()).equals(first));
      assertThat(get(engine.port(), HttpClient.Version.HTTP_2).statusCode()).isEqualTo(200);
    }
  }

  private static Engine start(Shop shop, Path dir, Path cert, Path key) throws Exception {
    make(dir, "1", cert, key);
    shop.boards(Shop.board(Duration.ofMinutes(10)));
    return Engines.start(shop.stores(), Engines.tls(dir, new EngineConfig.Tls(cert, key)));
  }

  /** The JDK makes a key pair; its store is written down as PEM. */
  private static void make(Path dir, String name, Path cert, Path key) throws Exception {
    Path store = dir.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    java.security.KeyStore keys =
        java.security.KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    pem(cert, "CERTIFICATE", keys.getCertificate("a").getEncoded());
    pem(key, "PRIVATE KEY", keys.getKey("a", "changeit".toCharArray()).getEncoded());
  }

  private static void pem(Path file, String what, byte[] der) throws IOException {
    String text = java.util.Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
  }

  private static HttpResponse<String> get(int port, HttpClient.Version version) throws Exception {
    return HttpClient.newBuilder()
        .version(version)
        .sslContext(trusting())
        .build()
        .send(
            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/openapi.yaml"))
                .timeout(Duration.ofSeconds(20))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static BigInteger serial(int port) {
    try (SSLSocket socket =
        (SSLSocket)
            trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket.startHandshake();
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** What comes for these bytes, in whatever records they are sent. */
  private static String raw(int port, String bytes) throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket.startHandshake();
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }
  }

  /** A head that never ends is noticed under TLS as well. */
  @Test
  void aSlowHeadIsCut(@TempDir Path dir) throws Exception {
    try (Shop shop = new Shop(dir);
        Engine engine = start(shop, dir, dir.resolve("cert.pem"), dir.resolve("key.pem"))) {
      Http.await("it is up", () -> serial(engine.port()).signum() != 0);
      long began = System.nanoTime();
      try (SSLSocket socket =
          (SSLSocket)
              trusting()
                  .getSocketFactory()
                  .createSocket(InetAddress.getLoopbackAddress(), engine.port())) {
        socket.setSoTimeout(55_000);
        socket.startHandshake();
        socket.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(50));
    }
  }

  /** Trusts any certificate: which one it is, is what is tested. */
  private static SSLContext trusting() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustAll()}, null);
    return context;
  }

  private static final class TrustAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] c, String t, java.net.Socket s) {}

    @Override
    public void checkServerTrusted(X509Certificate[] c, String t, java.net.Socket s) {}

    @Override
    public void checkClientTrusted(X509Certificate[] c, String t, javax.net.ssl.SSLEngine e) {}

    @Override
    public void checkServerTrusted(X509Certificate[] c, String t, javax.net.ssl.SSLEngine e) {}

    @Override
    public void checkClientTrusted(X509Certificate[] c, String t) {}

    @Override
    public void checkServerTrusted(X509Certificate[] c, String t) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
