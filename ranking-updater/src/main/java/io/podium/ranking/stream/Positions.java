package io.podium.ranking.stream;

/** How far a reader has come in both streams. */
public record Positions(Position events, Position products) {
  public static final Positions START = new Positions(Position.START, Position.START);

  public Position of(StreamName stream) {
    return stream == StreamName.EVENTS ? events : products;
  }

  public Positions with(StreamName stream, Position position) {
    return stream == StreamName.EVENTS
        ? new Positions(position, products)
        : new Positions(events, position);
  }

  /** The earlier one in each stream. */
  public Positions least(Positions other) {
    return new Positions(least(events, other.events), least(products, other.products));
  }

  private static Position least(Position a, Position b) {
    return a.id().compareTo(b.id()) <= 0 ? a : b;
  }
}
