package io.podium.bench;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is kept: machine, every figure with its rounds, and the verdicts.
 *
 * @param version of the format
 * @param at when it began, ISO
 * @param mode quick or full
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Result(
    int version, String at, String mode, Map<String, String> machine, List<Row> budgets) {
  private static final int VERSION = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * One budget.
   *
   * @param ko its title in Korean
   * @param limit as {@code <= 1}, or none
   * @param verdict one of {@link Verdict#text}
   * @param median null, as all from here on, when it was not measured
   * @param why it was not measured; null: it was
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Row(
      String id,
      String metric,
      String title,
      @Nullable String ko,
      String unit,
      String reference,
      String limit,
      @Nullable String aim,
      @Nullable String reason,
      String verdict,
      @Nullable Double median,
      @Nullable Double low,
      @Nullable Double high,
      @Nullable Double disturbance,
      @Nullable List<Double> rounds,
      @Nullable Map<String, String> beside,
      @Nullable List<Curve> curves,
      @Nullable List<Moment> timeline,
      @Nullable String why) {
    static Row of(Judgement j) {
      Budget b = j.budget();
      Figure figure = j.figure();
      Spread s = figure == null ? null : figure.spread();
      return new Row(
          b.id(),
          b.metric(),
          b.title(),
          b.ko(),
          b.unit(),
          b.reference(),
          b.limit() == null ? "none" : b.limit().toString(),
          b.aim() == null ? null : b.aim().toString(),
          b.reason(),
          j.verdict().text,
          s == null ? null : s.median(),
          s == null ? null : s.low(),
          s == null ? null : s.high(),
          figure == null ? null : figure.disturbance(),
          figure == null ? null : figure.rounds(),
          figure == null ? null : figure.beside(),
          figure == null ? null : figure.curves(),
          figure == null ? null : figure.timeline(),
          j.why());
    }

    /** Id and metric: what is the same budget in two runs. */
    public String key() {
      return id + " " + metric;
    }
  }

  static Result of(Mode mode, Instant at, Map<String, String> machine, List<Judgement> all) {
    return new Result(
        VERSION,
        at.truncatedTo(ChronoUnit.SECONDS).toString(),
        mode.name().toLowerCase(Locale.ROOT),
        machine,
        all.stream().map(Row::of).toList());
  }

  /** Makes the folders that are missing. */
  void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, JSON.writeValueAsBytes(this));
  }

  /**
   * @throws IOException when it cannot be read, or is no result; the message names the file
   */
  static Result read(Path file) throws IOException {
    try {
      Result result = JSON.readValue(file.toFile(), Result.class);
      if (result.version() != VERSION || result.budgets() == null || result.machine() == null) {
        throw new IOException("it is not a result of format " + VERSION);
      }
      return result;
    } catch (IOException e) {
      throw new IOException(file + " cannot be read as a result: " + e.getMessage(), e);
    }
  }
}
