package io.podium.card;

import org.jspecify.annotations.Nullable;

/**
 * One top-level member of a card with the stamp that set it.
 *
 * @param json the member's value as JSON text; null when it was removed (a tombstone)
 */
public record Member(Stamp stamp, @Nullable String json) {}
