package io.podium.chaos.drill;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.backends.BackendException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
      "Rehearses a fault with real processes on loopback, and judges what must hold.",
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
      description = "Folder for NAME.json and each drill's data and logs (default: drill-out).")
  private Path out = Path.of("drill-out");

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (list) {
      Drills.all().forEach(d -> System.out.printf("%-20s %s%n", d.name(), d.hypothesis()));
      return 0;
    }
    boolean passed = true;
    for (Drill drill : chosen()) {
      Report report = run(drill);
      passed &= report.passed();
      System.out.print(report.text());
      Path file = out.resolve(report.drill() + ".json");
      new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), report);
      System.out.println("        kept in " + file);
    }
    return passed ? 0 : 1;
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
    return known.stream().filter(d -> all || names.contains(d.name())).toList();
  }

  private RuntimeException wrong(String message) {
    return spec == null
        ? new IllegalArgumentException(message)
        : new ParameterException(spec.commandLine(), message);
  }

  private Report run(Drill drill) throws IOException, InterruptedException {
    long began = System.nanoTime();
    long chance = seed == null ? System.nanoTime() : seed;
    Path dir = fresh(out.toAbsolutePath().resolve(drill.name()));
    System.err.println(drill.name() + ", seed " + chance + ": " + drill.hypothesis());
    return new Rehearsal(
            brief ? Scale.SHORT : Scale.LONG,
            chance,
            line ->
                System.err.printf(
                    Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - began) / 1e9, line))
        .of(drill, dir);
  }

  /** The data of the run before would be gone on with. */
  private static Path fresh(Path dir) throws IOException {
    if (Files.exists(dir)) {
      try (var below = Files.walk(dir)) {
        for (Path path : below.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    try {
      return Files.createDirectories(dir);
    } catch (IOException e) {
      throw new BackendException(dir + " cannot be written: name another place: --out DIR", e);
    }
  }
}
