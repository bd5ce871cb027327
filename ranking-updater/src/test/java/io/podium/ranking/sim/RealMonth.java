package io.podium.ranking.sim;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Checks a true month, by hand: {@code java -cp ... io.podium.ranking.sim.RealMonth
 * online-retail-2010-12.csv.gz}.
 */
public final class RealMonth {
  private RealMonth() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("Name one gzipped CSV file of invoices.");
      System.exit(2);
    }
    try (BufferedReader csv =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Path.of(args[0]))),
                StandardCharsets.UTF_8))) {
      Month month = Month.read(csv);
      int listings = new MonthCheck(month.events()).run();
      System.out.printf(
          "%d rows, %d events, %d rows no sale: %d listings the same forwards, shuffled, twice and"
              + " by a plain scan%n",
          month.rows(), month.events().size(), month.skipped(), listings);
    }
  }
}
