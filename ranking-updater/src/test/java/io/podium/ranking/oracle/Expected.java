package io.podium.ranking.oracle;

import io.podium.listing.Omitted;
import io.podium.listing.Slice;
import io.podium.ranking.core.Ranked;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a listing must be at T. */
public record Expected(
    Slice slice,
    Instant asOf,
    Instant at,
    @Nullable Slice shows,
    List<Ranked.Organic> organic,
    List<Ranked.Displayed> displayed,
    List<Omitted> omitted) {}
