package io.podium.chaos.drill;

/**
 * One thing that had to hold.
 *
 * @param promise the one that it belongs to
 * @param claim what had to hold
 * @param evidence what was seen, whether it holds or not
 */
public record Check(Promise promise, String claim, boolean holds, String evidence) {}
