package io.podium.read;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * {@code serve} with {@code --config FILE}, {@code --set KEY=VALUE} and {@code --with-parent}, each
 * in its plainest form, as units and containers have it: read without the parser, which takes a
 * good part of a start. Whatever is not that plain is left to the parser, and so are all faults.
 */
final class PlainServe {
  private PlainServe() {}

  /** Null when the parser must look. */
  static @Nullable ServeCommand read(String[] args) {
    if (args.length == 0 || !args[0].equals("serve")) {
      return null;
    }
    ServeCommand command = new ServeCommand();
    for (int i = 1; i < args.length; i++) {
      boolean known;
      if (args[i].equals("--with-parent")) {
        known = command.stopWithParent();
      } else {
        known = i + 1 < args.length && isPlain(args[i + 1]) && take(command, args[i], args[i + 1]);
        i++;
      }
      if (!known) {
        return null;
      }
    }
    return command;
  }

  /** No option, no file of arguments, nothing quoted. */
  private static boolean isPlain(String value) {
    return !value.isEmpty()
        && value.charAt(0) != '-'
        && value.charAt(0) != '@'
        && value.indexOf('"') < 0
        && value.indexOf('\'') < 0;
  }

  private static boolean take(ServeCommand command, String option, String value) {
    if (option.equals("--config")) {
      try {
        return command.configure(Path.of(value));
      } catch (InvalidPathException e) {
        return false;
      }
    }
    int equals = value.indexOf('=');
    return option.equals("--set")
        && equals > 0
        && equals + 1 < value.length()
        && command.set(value.substring(0, equals), value.substring(equals + 1));
  }

  static int run(ServeCommand command) {
    try {
      return command.call();
    } catch (Exception e) {
      e.printStackTrace();
      return 1;
    }
  }
}
