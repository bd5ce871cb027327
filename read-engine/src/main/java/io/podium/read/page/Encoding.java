package io.podium.read.page;

/** Content codings that a page is kept in, the one that clients are best served with first. */
public enum Encoding {
  BROTLI("br", "-br"),
  GZIP("gzip", "-gz"),
  IDENTITY("", "");

  private final String token;
  private final String suffix;

  Encoding(String token, String suffix) {
    this.token = token;
    this.suffix = suffix;
  }

  /** As in Content-Encoding; empty for identity. */
  public String token() {
    return token;
  }

  /** What tells this coding's ETag from the others'. */
  public String suffix() {
    return suffix;
  }
}
