package io.podium.chaos.drill;

/**
 * One thing that had to hold.
 *
 * @param claim what had to hold
 * @param evidence what was seen, whether it holds or not
 */
public record Check(String claim, boolean holds, String evidence) {}
