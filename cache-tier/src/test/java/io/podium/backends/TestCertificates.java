package io.podium.backends;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A self-signed certificate for 127.0.0.1, as a key store and as PEM files; made by keytool. */
public record TestCertificates(Path keyStore, Path certificate, Path key) {
  /** Of the key store and the key in it. */
  public static final String PASSWORD = "changeit";

  static final String ALIAS = "server";

  public static TestCertificates make(Path dir) {
    Path store = dir.resolve("server.p12");
    try {
      Files.createDirectories(dir);
      keytool(store);
      KeyStore keys = open(store);
      Path certificate =
          pem(dir.resolve("server.crt"), "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
      byte[] secret = keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
      return new TestCertificates(
          store, certificate, pem(dir.resolve("server.key"), "PRIVATE KEY", secret));
    } catch (IOException | GeneralSecurityException e) {
      throw new BackendException("no certificate could be made: " + e.getMessage(), e);
    }
  }

  static KeyStore open(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private static void keytool(Path store) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", ALIAS, "-keyalg", "EC", "-groupname"));
    command.addAll(List.of("secp256r1", "-dname", "CN=127.0.0.1", "-validity", "2"));
    command.addAll(List.of("-ext", "san=ip:127.0.0.1,dns:localhost", "-ext", "bc=ca:true"));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException("keytool failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static Path pem(Path file, String kind, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    String pem = "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    return Files.writeString(file, pem, StandardCharsets.US_ASCII);
  }
}
