package io.podium.ranking.core;

import io.podium.listing.Omitted;
import java.util.List;

/**
 * What is displayed of a listing, and what of its organic entries is not.
 *
 * @param displayed at most the board's size; rank is index plus one
 * @param omitted by organic rank
 */
record Shown(List<Ranked.Displayed> displayed, List<Omitted> omitted) {}
