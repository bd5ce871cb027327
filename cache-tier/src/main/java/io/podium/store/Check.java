package io.podium.store;

/**
 * Whether a store answers, for health and start lines.
 *
 * @param detail one line for a human; the reason when it does not answer
 */
public record Check(String store, boolean ok, String detail) {}
