package io.podium.ranking.sim;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Invoices of the shape of a real month: few large orders, Zipf products, some taken back. */
final class GeneratedMonth {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final int PRODUCTS = 2_500;

  private GeneratedMonth() {}

  static String csv(long seed, int invoices) {
    Dice dice = new Dice(seed);
    StringBuilder csv =
        new StringBuilder(
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n");
    LocalDateTime time = LocalDateTime.of(2010, 12, 1, 8, 26);
    long gap = 22L * 24 * 60 / invoices;
    for (int i = 0; i < invoices; i++) {
      time = time.plusMinutes(dice.between(0L, 2 * gap));
      boolean cancelled = dice.chance(0.07);
      String id = (cancelled ? "C" : "") + (536_365 + i);
      String customer = dice.chance(0.75) ? (12_347 + dice.between(0, 800)) + ".0" : "";
      String country = dice.pick("United Kingdom", "United Kingdom", "France", "EIRE", "Germany");
      int lines = cancelled ? dice.between(1, 3) : dice.between(1, 40);
      for (int j = 0; j < lines; j++) {
        csv.append(row(dice, id, cancelled, time, customer, country));
      }
    }
    return csv.toString();
  }

  private static String row(
      Dice dice,
      String id,
      boolean cancelled,
      LocalDateTime time,
      String customer,
      String country) {
    int product = (int) Math.pow(PRODUCTS, dice.between(0, 1_000_000) / 1e6);
    int quantity = dice.chance(0.02) ? dice.between(100, 2_000) : dice.between(1, 24);
    boolean adjustment = dice.chance(0.005);
    return String.format(
        Locale.ROOT,
        "%s,%05d,\"SET OF %d \"\"HEARTS\"\", LARGE\",%d,%s,%d.%02d,%s,%s\n",
        id,
        product,
        product,
        cancelled != adjustment ? -quantity : quantity,
        TIME.format(time),
        dice.between(0, 20),
        dice.between(0, 99),
        customer,
        country);
  }
}
