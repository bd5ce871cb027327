package io.podium.bench;

import io.podium.bench.jmh.JmhMain;
import io.podium.bench.report.HtmlReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code podium bench}: measures budgets, prints and keeps the verdicts. */
@Command(
    name = "podium bench",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    description = "Measures the budgets on this machine, each against its reference, and judges.",
    footer = {
      "",
      "podium bench jmh [REGEX] times single operations with JMH; more arguments are JMH's own,",
      "as -l (list) or -h."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeOnInvalidInput = 64,
    exitCodeOnExecutionException = 70,
    exitCodeList = {
      "0:every budget is met",
      "1:a budget is breached",
      "2:no breach was seen, but a budget has no verdict: too noisy, or not measured",
      "64:the command line is wrong",
      "70:the results cannot be written"
    })
public final class Main implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @ArgGroup private Depth depth = new Depth();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "bench-out",
      description =
          "Folder for result.json, report.html and recordings (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("bench-out");

  @Option(
      names = "--profile",
      description = "Also keep flight recordings of each measurement and of what it measures.")
  private boolean profile;

  @Option(
      names = "--save",
      paramLabel = "NAME",
      description = "Also keep the result as benchmarks/results/NAME.json of the checkout.")
  private @Nullable String save;

  @Option(
      names = "--compare",
      paramLabel = "RESULT.json",
      description = "An earlier result: the report tells what changed since.")
  private @Nullable Path compare;

  @Option(
      names = "--report",
      paramLabel = "RESULT.json",
      description = "Measure nothing; write the report of a kept result.")
  private @Nullable Path rendered;

  @Option(names = "--list", description = "List the budgets and measure nothing.")
  private boolean list;

  @Parameters(paramLabel = "ID", description = "Budgets to measure, as U1; all without one.")
  private List<String> ids = new ArrayList<>();

  /** Which of the two. */
  private static final class Depth {
    @Option(
        names = "--quick",
        description =
            "7 rounds of 1 s, more where in doubt, smaller fills; the default. Same budgets.")
    private boolean quick;

    @Option(
        names = "--full",
        description = "15 rounds of 2 s, more where in doubt, fills at full size.")
    private boolean full;

    Mode mode() {
      return full && !quick ? Mode.FULL : Mode.QUICK;
    }
  }

  public static void main(String[] args) throws IOException {
    // The launcher passes its command's name on.
    boolean named = args.length > 0 && args[0].equals("bench");
    String[] own = named ? Arrays.copyOfRange(args, 1, args.length) : args;
    if (own.length > 0 && own[0].equals("jmh")) {
      System.exit(JmhMain.run(Arrays.copyOfRange(own, 1, own.length)));
    }
    System.exit(commandLine().execute(own));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(
            (e, line, parsed) -> {
              line.getErr().println("podium bench: " + e.getMessage());
              return line.getCommandSpec().exitCodeOnExecutionException();
            });
  }

  @Override
  public Integer call() throws IOException {
    List<Budget> budgets = chosen(Budgets.load());
    if (list) {
      budgets.forEach(Main::print);
      return 0;
    }
    // Read first: a wrong name is told before half an hour of measuring.
    Result earlier = compare == null ? null : Result.read(compare);
    if (rendered != null) {
      report(Result.read(rendered), earlier);
      return 0;
    }
    Mode mode = depth.mode();
    Instant at = Instant.now();
    Map<String, String> machine = Machine.describe();
    Files.createDirectories(out);
    List<Judgement> all = judge(budgets, new Fork(mode, profile ? out : null));
    System.out.print(Table.of(all));
    Result result = Result.of(mode, at, machine, all);
    keep(result, out.resolve("result.json"));
    report(result, earlier);
    if (save != null) {
      Path home = Path.of(System.getProperty("podium.home", ""));
      keep(result, home.resolve("benchmarks/results").resolve(save + ".json"));
    }
    return Judgement.exitCode(all);
  }

  private static void keep(Result result, Path file) throws IOException {
    result.write(file);
    System.out.println("kept in " + file);
  }

  private void report(Result result, @Nullable Result earlier) throws IOException {
    Path file = out.resolve("report.html");
    Files.createDirectories(out);
    Files.writeString(file, new HtmlReport(result, earlier).text(), StandardCharsets.UTF_8);
    System.out.println("report in " + file);
  }

  private static void print(Budget b) {
    System.out.printf(
        "%-4s %-12s %s %s (reference: %s)%n     %s. %s%n",
        b.id(),
        b.metric(),
        b.limit() == null ? "told, in" : b.limit(),
        b.unit(),
        b.reference(),
        b.title(),
        b.reason());
  }

  private List<Budget> chosen(List<Budget> all) {
    Set<String> known =
        all.stream().map(Budget::id).collect(Collectors.toCollection(LinkedHashSet::new));
    for (String id : ids) {
      if (!known.contains(id) && spec != null) {
        throw new ParameterException(
            spec.commandLine(), "no budget '" + id + "'; there are " + String.join(", ", known));
      }
    }
    return all.stream().filter(b -> ids.isEmpty() || ids.contains(b.id())).toList();
  }

  private static List<Judgement> judge(List<Budget> budgets, Fork fork) {
    List<String> ids = budgets.stream().map(Budget::id).distinct().toList();
    Map<String, List<Judgement>> byId = new LinkedHashMap<>();
    for (String id : ids) {
      if (!byId.containsKey(id)) {
        measure(Measurements.together(id, ids), budgets, fork, byId);
      }
    }
    return ids.stream().flatMap(id -> byId.getOrDefault(id, List.of()).stream()).toList();
  }

  /** Those that one process measures. */
  private static void measure(
      List<String> ids, List<Budget> budgets, Fork fork, Map<String, List<Judgement>> byId) {
    try (Fork.Run run = fork.start(ids)) {
      for (String id : ids) {
        byId.put(id, judge(id, of(id, budgets), run));
      }
    } catch (MeasurementException e) {
      for (String id : ids) {
        byId.putIfAbsent(
            id,
            of(id, budgets).stream().map(b -> Judgement.notMeasured(b, e.getMessage())).toList());
      }
    }
  }

  private static List<Budget> of(String id, List<Budget> budgets) {
    return budgets.stream().filter(b -> b.id().equals(id)).toList();
  }

  private static List<Judgement> judge(String id, List<Budget> budgets, Fork.Run run) {
    ProgressBar bar = new ProgressBar(System.err, Boolean.getBoolean("podium.terminal"), id);
    try {
      Map<String, Figure> figures =
          run.next(bar).stream().collect(Collectors.toMap(Figure::metric, f -> f));
      return budgets.stream().map(b -> judge(b, figures.get(b.metric()))).toList();
    } catch (MeasurementException e) {
      return budgets.stream().map(b -> Judgement.notMeasured(b, e.getMessage())).toList();
    } finally {
      bar.end();
    }
  }

  private static Judgement judge(Budget budget, @Nullable Figure figure) {
    return figure == null
        ? Judgement.notMeasured(budget, "its measurement does not tell it")
        : Judgement.of(budget, figure);
  }

  /** The version in the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"podium " + (version == null ? "(not packaged)" : version)};
    }
  }
}
