package io.podium.bench;

import org.jspecify.annotations.Nullable;

/**
 * What may not be passed, or is only told, from {@code budgets.yaml}.
 *
 * @param metric unique within the id
 * @param limit null: told, never judged
 * @param ko the title in Korean; null: only in English
 * @param aim what is worked towards; null: the limit
 */
public record Budget(
    String id,
    String metric,
    String title,
    String unit,
    String reference,
    @Nullable Limit limit,
    @Nullable Limit aim,
    String reason,
    @Nullable String ko) {}
