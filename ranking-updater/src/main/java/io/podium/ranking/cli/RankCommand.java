package io.podium.ranking.cli;

import io.podium.config.Config;
import io.podium.config.Section;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.BoardParser;
import io.podium.ranking.board.Moment;
import io.podium.ranking.board.Rule;
import io.podium.ranking.board.RuleException;
import io.podium.ranking.board.RuleParser;
import io.podium.ranking.core.Ranked;
import io.podium.ranking.event.EventDecoder;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code podium rank}: listings from a file of events, without a server. */
@Command(
    name = "rank",
    mixinStandardHelpOptions = true,
    description = {
      "Computes listings from a file of events, with the core that the updater runs.",
      "Prints one JSON object per listing and line. Nothing is rejected as ahead; orders, views and"
          + " card changes after T do not count, cancellations that name an order always do."
    },
    footer = {
      "",
      "Example:",
      "  podium rank --boards podium.yaml --events week.jsonl.gz --board best-sellers"
          + " --slice category=beauty/skincare"
    })
public final class RankCommand implements Callable<Integer> {
  private static final Set<String> TOP_LEVEL = Set.of("stores", "updater", "engine", "boards");

  @Option(
      names = "--boards",
      required = true,
      paramLabel = "FILE",
      description = "Board definitions, YAML or JSON: a configuration file, or the bare boards.")
  private Path boards = Path.of("");

  @Option(
      names = "--events",
      required = true,
      paramLabel = "FILE",
      description = "CloudEvents, one JSON object per line, plain or gzip; - reads standard input.")
  private String events = "";

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "Merchandisers' rules: a JSON array.")
  private @Nullable Path rules;

  @Option(
      names = "--at",
      paramLabel = "T",
      description = "The moment, as 2026-11-22T09:30:00Z; without it the greatest event time.")
  private @Nullable String at;

  @Option(names = "--board", paramLabel = "NAME", description = "Only this board.")
  private @Nullable String board;

  @Option(
      names = "--slice",
      paramLabel = "DIMENSION=VALUE",
      description =
          "Only this slice, also when it is empty; once per dimension, by its full name or the last"
              + " part of it. Without it: every slice that is not empty.")
  private List<String> slice = new ArrayList<>();

  @Option(names = "--strict", description = "Stop at the first line that is rejected.")
  private boolean strict;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<Board> all = boards();
    Map<Board, @Nullable Slice> asked = asked(chosen(all));
    Instant moment = moment();
    List<Rule> valid = rules();
    try (Replay replay = new Replay(asked.keySet(), new EventDecoder(all), moment)) {
      read(replay);
      replay.rules(valid);
      print(replay, asked);
    }
    return 0;
  }

  private List<Board> boards() {
    Section root = Config.load(boards, Map.of(), Map.of(), TOP_LEVEL);
    boolean whole = root.has("boards");
    List<Board> parsed = BoardParser.parse(whole ? root.section("boards") : root);
    root.done();
    return parsed;
  }

  private List<Board> chosen(List<Board> all) {
    if (board == null) {
      return all;
    }
    List<Board> chosen = all.stream().filter(b -> b.name().equals(board)).toList();
    if (chosen.isEmpty()) {
      throw new CommandException("--board " + board + ": no such board; there are: " + names(all));
    }
    return chosen;
  }

  private static String names(List<Board> boards) {
    return String.join(", ", boards.stream().map(Board::name).toList());
  }

  /** The boards to rank, each with the one slice asked for, or null: all. */
  private Map<Board, @Nullable Slice> asked(List<Board> chosen) {
    SliceArguments arguments = new SliceArguments(slice);
    Map<Board, @Nullable Slice> asked = new LinkedHashMap<>();
    for (Board b : chosen) {
      Slice one = arguments.isEmpty() ? null : arguments.of(b);
      if (one != null || arguments.isEmpty()) {
        asked.put(b, one);
      }
    }
    if (asked.isEmpty()) {
      List<String> cuts = chosen.stream().map(b -> b.name() + " " + b.slices()).toList();
      throw new CommandException(
          "--slice " + arguments + ": no board has it; there are: " + String.join("; ", cuts));
    }
    return asked;
  }

  private @Nullable Instant moment() {
    if (at == null) {
      return null;
    }
    try {
      return Moment.parse(at);
    } catch (DateTimeException e) {
      throw new CommandException("--at " + at + ": allowed: " + Moment.ALLOWED);
    }
  }

  private List<Rule> rules() {
    if (rules == null) {
      return List.of();
    }
    try {
      return RuleParser.parse(Files.readAllBytes(rules));
    } catch (RuleException e) {
      throw new CommandException(rules + ": " + e.getMessage());
    } catch (NoSuchFileException e) {
      throw new CommandException("--rules " + rules + ": no such file");
    } catch (IOException e) {
      throw new CommandException("--rules " + rules + ": cannot be read: " + e.getMessage());
    }
  }

  private void read(Replay replay) {
    try (EventLines lines = EventLines.of(open(), EventDecoder.MAX_EVENT_BYTES)) {
      Progress progress = new Progress(err());
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        String reason = replay.add(line);
        if (reason != null && strict) {
          throw new CommandException(events + ", line " + lines.number() + ": rejected: " + reason);
        }
        progress.line(lines.number());
      }
      progress.done();
    } catch (IOException e) {
      throw new CommandException("--events " + events + ": cannot be read: " + e.getMessage());
    }
    replay.remarks().ifPresent(told -> err().println(events + ": " + told));
  }

  private InputStream open() throws IOException {
    if (events.equals("-")) {
      return System.in;
    }
    return new FileInputStream(events);
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  private PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }

  private void print(Replay replay, Map<Board, @Nullable Slice> asked) throws IOException {
    PrintWriter out = out();
    for (Map.Entry<Board, @Nullable Slice> e : asked.entrySet()) {
      for (Ranked ranked : replay.rank(e.getKey(), e.getValue())) {
        out.println(ListingLine.of(ranked));
      }
    }
    if (out.checkError()) {
      throw new CommandException("standard output cannot be written");
    }
  }
}
