package io.podium.read.page;

/** Content codings that a page is kept in, the one that clients are best served with first. */
public enum Encoding {
  BROTLI(0, "br", "-br"),
  GZIP(1, "gzip", "-gz"),
  IDENTITY(2, "", "");

  private final int place;
  private final String token;
  private final String suffix;

  Encoding(int place, String token, String suffix) {
    this.place = place;
    this.token = token;
    this.suffix = suffix;
  }

  /** Among the codings of a page; 0 to 2. */
  public int place() {
    return place;
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
