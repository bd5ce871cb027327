package io.podium.chaos.drill;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code podium drill}. */
@Command(
    name = "drill",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Rehearses faults with real processes on loopback, and judges what must hold.",
      "Exit status: 0 when every promise held, 1 when one did not or a drill could not be finished."
    })
public final class DrillCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "Drills to run, as updater-killed.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--list", description = "List the drills and run none.")
  private boolean list;

  @Option(names = "--all", description = "Run every drill.")
  private boolean all;

  @Option(names = "--short", description = "The short form, as in the test suite.")
  private boolean brief;

  @Option(names = "--seed", paramLabel = "N", description = "Repeat a run's choices of chance.")
  private @Nullable Long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "drill-out",
      description =
          "Folder for report.html, NAME.json and logs of what failed (default: drill-out).")
  private Path out = Path.of("drill-out");

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (list) {
      Drills.all().forEach(d -> System.out.printf("%-28s %s%n", d.name(), d.hypothesis().en()));
      return 0;
    }
    List<Drill> chosen = chosen();
    List<String> leftOut = all ? leftOut(chosen) : List.of();
    long began = System.nanoTime();
    List<Report> reports = new ArrayList<>();
    try (DrillFolder folder = DrillFolder.open(out);
        Stage stage = new Stage(folder.stacks())) {
      for (Drill drill : chosen) {
        System.err.printf("[%d of %d] ", reports.size() + 1, chosen.size());
        Report report = run(drill, stage);
        reports.add(report);
        tell(report, folder);
        folder.write(reports, leftOut);
      }
      stage.leave(true);
      System.out.println(total(reports, Duration.ofNanos(System.nanoTime() - began)));
      if (!leftOut.isEmpty()) {
        System.out.println("        left out, not counted: " + String.join(", ", leftOut));
      }
      System.out.println("        report: " + folder.report());
    }
    return reports.stream().allMatch(Report::passed) ? 0 : 1;
  }

  private List<Drill> chosen() {
    List<Drill> known = Drills.all();
    for (String name : names) {
      if (known.stream().noneMatch(d -> d.name().equals(name))) {
        throw wrong("no drill '" + name + "': podium drill --list lists them");
      }
    }
    if (names.isEmpty() && !all) {
      throw wrong("name a drill, or --all: podium drill --list lists them");
    }
    return known.stream().filter(d -> names.contains(d.name()) || (all && d.isPossible())).toList();
  }

  private static List<String> leftOut(List<Drill> chosen) {
    List<String> run = chosen.stream().map(Drill::name).toList();
    List<String> names = Drills.all().stream().map(Drill::name).toList();
    List<String> left = names.stream().filter(n -> !run.contains(n)).toList();
    left.forEach(n -> System.err.println(n + " is left out: it needs the right to mount"));
    return left;
  }

  private RuntimeException wrong(String message) {
    return spec == null
        ? new IllegalArgumentException(message)
        : new ParameterException(spec.commandLine(), message);
  }

  private Report run(Drill drill, Stage stage) throws IOException, InterruptedException {
    long began = System.nanoTime();
    long chance = seed == null ? System.nanoTime() : seed;
    System.err.println(drill.name() + ", seed " + chance + ": " + drill.hypothesis().en());
    return new Rehearsal(
            brief ? Scale.SHORT : Scale.LONG,
            chance,
            line ->
                System.err.printf(
                    Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - began) / 1e9, line))
        .of(drill, stage);
  }

  private static void tell(Report report, DrillFolder folder) throws IOException {
    System.out.print(report.text());
    Path file = folder.file(report.drill() + ".json");
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), report);
  }

  private static String total(List<Report> reports, Duration took) {
    List<String> failed = reports.stream().filter(r -> !r.passed()).map(Report::drill).toList();
    return String.format(
        Locale.ROOT,
        "%s  %d of %d drills in %.1f min%s",
        failed.isEmpty() ? "PASSED" : "FAILED",
        reports.size() - failed.size(),
        reports.size(),
        took.toMillis() / 60_000.0,
        failed.isEmpty() ? "" : "; failed: " + String.join(", ", failed));
  }
}
