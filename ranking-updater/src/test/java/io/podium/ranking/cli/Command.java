package io.podium.ranking.cli;

import io.podium.ranking.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** One run of a command in this JVM, with what it printed. */
record Command(int status, String out, String err) {
  static Command rank(String... arguments) {
    List<String> all = new ArrayList<>(List.of("rank"));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }

  static Command run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Command(status, out.toString(), err.toString());
  }
}
