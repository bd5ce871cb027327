package io.podium.ranking.oracle;

import io.podium.ranking.event.SalesEvent.Buyer;
import java.math.BigInteger;
import java.time.Instant;

/** What one line of one event adds to a product on a board, before the weight of its age. */
record Contribution(String productId, Buyer buyer, Instant time, BigInteger amount) {}
