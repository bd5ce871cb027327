package io.podium.ranking.cli;

import io.podium.ranking.legacy.EventSink;
import io.podium.ranking.legacy.FileSink;
import io.podium.ranking.legacy.HttpSink;
import io.podium.ranking.legacy.Importer;
import io.podium.ranking.legacy.Mapping;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code podium import}: a legacy order file into the event stream. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Feeds legacy order files (CSV or JSON lines, plain or gzip) into the event stream, through a"
          + " mapping that says what the columns mean.",
      "Can be interrupted and run again: nothing is counted twice."
    },
    footer = {
      "",
      "Example:",
      "  podium import --mapping ranking-updater/mappings/online-retail.yaml --key demo"
          + " orders.csv.gz"
    })
public final class ImportCommand implements Callable<Integer> {
  @Option(
      names = "--mapping",
      required = true,
      paramLabel = "FILE",
      description = "What the columns mean; the commented example is mappings/online-retail.yaml.")
  private Path mapping = Path.of("");

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8081/v1/events",
      description = "Where an updater takes events (default: ${DEFAULT-VALUE}).")
  private URI url = URI.create("");

  @Option(
      names = "--key",
      paramLabel = "KEY",
      defaultValue = "${env:PODIUM_KEY:-}",
      description = "A key of updater.keys (default: the variable PODIUM_KEY).")
  private String key = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the events to this file instead, one a line, for podium rank.")
  private @Nullable Path out;

  @Option(
      names = "--rejected",
      paramLabel = "FILE",
      description =
          "Rows that became no event, with line and reason (default: import.rejected.jsonl).")
  private Path rejected = Path.of("import.rejected.jsonl");

  @Option(
      names = "--patience",
      paramLabel = "DURATION",
      defaultValue = "PT10M",
      description = "Give up when nothing is accepted for so long (default: ${DEFAULT-VALUE}).")
  private Duration patience = Duration.ZERO;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Legacy order files.")
  private List<Path> files = new ArrayList<>();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    for (Path file : files) {
      if (!Files.isReadable(file)) {
        throw new CommandException(file + " cannot be read; name an existing order file");
      }
    }
    Mapping meaning = Mapping.read(mapping);
    CommandSpec command = Objects.requireNonNull(spec);
    ImportBar bar = new ImportBar(command.commandLine().getErr());
    try {
      Importer.Tally t = new Importer(meaning, sink(), rejected, bar::show).run(files);
      bar.end();
      tell(command.commandLine().getOut(), t);
      return 0;
    } catch (IOException e) {
      bar.end();
      throw new CommandException(String.valueOf(e.getMessage()));
    }
  }

  private EventSink sink() throws IOException {
    return out == null ? new HttpSink(url, key, patience) : new FileSink(out);
  }

  private void tell(PrintWriter to, Importer.Tally t) {
    to.printf(
        "%d rows: %d orders, %d cancellations, %d cards; %d rows rejected%s%n",
        t.rows(),
        t.orders(),
        t.cancellations(),
        t.cards(),
        t.rejected(),
        t.rejected() == 0 ? "" : ", see " + rejected);
    to.flush();
  }
}
