package io.podium.chaos.check;

import io.podium.chaos.check.Sale.Line;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Listings the plain way: every event once, in one pass over all of them, and a sort. It knows what
 * the drill's shop can send and nothing else, and shares no code with the ranking core.
 */
public final class Scan {
  private static final String WHOLE_ORDER = "";

  private final Sales sales;
  private final Map<String, Map<String, Long>> cancelled = new HashMap<>();
  private final Instant streamTime;

  /** Reads all of them once: what was taken back, and when it is. */
  public Scan(Sales sales) {
    this.sales = sales;
    Instant latest = Instant.MIN;
    for (int i = 0; i < sales.count(); i++) {
      Sale sale = sales.sale(i);
      latest = sale.time().isAfter(latest) ? sale.time() : latest;
      if (sale.type().equals(Sale.CANCELLED)) {
        takeBack(sale);
      }
    }
    this.streamTime = latest;
  }

  private void takeBack(Sale sale) {
    Map<String, Long> of = cancelled.computeIfAbsent(sale.orderId(), o -> new HashMap<>());
    if (sale.lines().isEmpty()) {
      of.put(WHOLE_ORDER, 1L);
    }
    sale.lines().forEach(l -> of.merge(l.productId(), (long) l.quantity(), Long::sum));
  }

  /** The greatest time of an event. */
  public Instant streamTime() {
    return streamTime;
  }

  /** Every listing of the chart that is not empty, by slice as its JSON text. */
  public Map<String, Ranking> rankings(Chart chart) {
    Map<String, Map<String, BigInteger>> scores = scores(chart);
    Map<String, Ranking> rankings = new TreeMap<>();
    scores.forEach(
        (slice, of) -> {
          List<Map.Entry<String, BigInteger>> best = best(of, 2 * chart.size());
          if (!best.isEmpty()) {
            rankings.put(slice, new Ranking(chart, slice, best, streamTime));
          }
        });
    return rankings;
  }

  /** One listing as of {@link #streamTime}. */
  public record Ranking(
      Chart chart, String slice, List<Map.Entry<String, BigInteger>> best, Instant asOf) {
    public String hash() {
      return hash(asOf);
    }

    /** How many entries are shown. */
    public int total() {
      return Math.min(chart.size(), best.size());
    }

    public String id(int rank) {
      return best.get(rank - 1).getKey();
    }

    /** As a page shows it: a half-life's is scaled. */
    public double score(int rank) {
      double score = best.get(rank - 1).getValue().doubleValue();
      return chart.halfLife() ? Math.scalb(score, -40) : score;
    }

    /**
     * The hash of what was published at that time and is the same ever since: a step that changes
     * nothing is no new epoch.
     */
    public String hash(Instant published) {
      long step = chart.step().toMillis();
      long at = Math.floorDiv(published.toEpochMilli(), step) * step;
      StringBuilder json = new StringBuilder();
      json.append("{\"at\":\"").append(Instant.ofEpochMilli(at)).append("\",\"definition\":");
      json.append(chart.definition()).append(",\"organic\":[");
      String separator = "";
      for (Map.Entry<String, BigInteger> e : best) {
        json.append(separator).append("[\"").append(e.getKey()).append("\",\"");
        json.append(e.getValue()).append("\"]");
        separator = ",";
      }
      return sha256(json.append("],\"slice\":").append(slice).append('}').toString());
    }
  }

  private Map<String, Map<String, BigInteger>> scores(Chart chart) {
    Map<String, Map<String, BigInteger>> scores = new HashMap<>();
    for (int i = 0; i < sales.count(); i++) {
      Sale sale = sales.sale(i);
      BigInteger weight = weight(chart, sale.time());
      if (weight.signum() == 0 || sale.type().equals(Sale.CANCELLED)) {
        continue;
      }
      for (Line line : sale.lines()) {
        BigInteger value =
            BigInteger.valueOf(net(sale, line) * chart.worth(sale.type(), line.unitPrice()))
                .multiply(weight);
        if (value.signum() > 0) {
          for (String slice : slices(chart, sale, line)) {
            scores
                .computeIfAbsent(slice, s -> new HashMap<>())
                .merge(line.productId(), value, BigInteger::add);
          }
        }
      }
    }
    return scores;
  }

  private long net(Sale sale, Line line) {
    Map<String, Long> back = cancelled.getOrDefault(sale.orderId(), Map.of());
    if (back.containsKey(WHOLE_ORDER)) {
      return 0;
    }
    return Math.max(0, line.quantity() - back.getOrDefault(line.productId(), 0L));
  }

  /** 0 outside of the window; 2^40 halved by age for a half-life. */
  private BigInteger weight(Chart chart, Instant time) {
    long step = chart.step().toMillis();
    long now = Math.floorDiv(streamTime.toEpochMilli(), step) * step;
    long age = now - Math.floorDiv(time.toEpochMilli(), step) * step;
    if (!chart.halfLife()) {
      return age < chart.span().toMillis() ? BigInteger.ONE : BigInteger.ZERO;
    }
    long half = chart.span().toMillis();
    if (age >= 20 * half) {
      return BigInteger.ZERO;
    }
    double faded = Math.pow(2, -(double) age / half);
    return BigInteger.valueOf(Math.round(Math.pow(2, 40) * faded));
  }

  private List<String> slices(Chart chart, Sale sale, Line line) {
    List<String> slices = new ArrayList<>();
    for (List<String> dimensions : chart.slices()) {
      if (dimensions.isEmpty()) {
        slices.add("{}");
      } else if (dimensions.equals(List.of("category"))) {
        String path = sales.category(Integer.parseInt(line.productId().substring(1)));
        slices.add("{\"category\":\"" + path + "\"}");
        slices.add("{\"category\":\"" + path.substring(0, path.indexOf('/')) + "\"}");
      } else {
        slices.add("{\"buyer.ageGroup\":\"" + sale.ageGroup() + "\"}");
      }
    }
    return slices;
  }

  private static List<Map.Entry<String, BigInteger>> best(Map<String, BigInteger> of, int kept) {
    Comparator<Map.Entry<String, BigInteger>> byScore = Map.Entry.comparingByValue();
    return of.entrySet().stream()
        .sorted(byScore.reversed().thenComparing(Map.Entry.comparingByKey()))
        .limit(kept)
        .toList();
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
