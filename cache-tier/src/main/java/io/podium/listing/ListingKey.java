package io.podium.listing;

/** Names one listing: a board and a slice of it. */
public record ListingKey(String board, Slice slice) {}
