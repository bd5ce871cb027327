package io.podium.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is read without the parser means what the parser would make of it. */
class PlainServeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "serve --with-parent",
        "serve --config podium.yaml --set engine.port=8090",
        "serve --set a.b=c=d --set a.c=x,y --with-parent --config /tmp/a_b.yaml",
      })
  void aPlainCommandIsWhatTheParserReads(String line) {
    String[] args = line.split(" ", -1);
    ServeCommand parsed =
        (ServeCommand)
            new CommandLine(new Main()).parseArgs(args).subcommand().commandSpec().userObject();
    assertThat(PlainServe.read(args)).usingRecursiveComparison().isEqualTo(parsed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "serve --help",
        "serve --config",
        "serve --config=podium.yaml",
        "serve --config a.yaml --config b.yaml",
        "serve --config --set",
        "serve --set engine.port",
        "serve --set engine.port=",
        "serve --set =8090",
        "serve --set a=1 --set a=2",
        "serve --set a=\"b\"",
        "serve --set @file",
        "serve @file",
        "serve --with-parent --with-parent",
        "serve podium.yaml",
      })
  void allElseIsTheParsers(String line) {
    assertThat(PlainServe.read(line.split(" ", -1))).isNull();
  }

  @Test
  void nothingIsTheParsersToo() {
    assertThat(PlainServe.read(new String[0])).isNull();
  }
}
