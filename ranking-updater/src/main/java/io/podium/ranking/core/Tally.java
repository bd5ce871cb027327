package io.podium.ranking.core;

/** Use of one store of state against its bound. */
final class Tally {
  final String name;
  final long bound;
  long used;

  Tally(String name, long bound) {
    this.name = name;
    this.bound = bound;
  }

  boolean hasRoom(long more) {
    return used + more <= bound;
  }
}
