package io.podium.bench;

import org.jspecify.annotations.Nullable;

/**
 * What may not be passed, from {@code budgets.yaml}.
 *
 * @param metric unique within the id
 * @param aim what is worked towards; null: the limit
 */
public record Budget(
    String id,
    String metric,
    String title,
    String unit,
    String reference,
    Limit limit,
    @Nullable Limit aim,
    String reason) {}
