package io.podium.read;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.hook.DefaultShutdownHook;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;

/**
 * Sets the log of {@code podium serve} up: by code, as reading a file of XML took a fifth of a
 * start. {@code -Dlogback.configurationFile} names a file to be read instead; other processes that
 * have this class have a file of their own. Called by the log's library, once.
 */
public final class EngineLog extends ContextAwareBase implements Configurator {
  private static final int QUEUE = 1024;
  private static final String LINE =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{20} - %msg%n%ex{8}";

  @Override
  public ExecutionStatus configure(LoggerContext log) {
    if (System.getProperty("logback.configurationFile") != null
        || (!HeadStart.isBegun() && hasFile())) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    Logger root = log.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(queued(log, "log", LINE));
    Logger access = log.getLogger("podium.access");
    access.setLevel(Level.INFO);
    access.setAdditive(false);
    access.addAppender(queued(log, "access", "%msg%n"));
    // Tells with each start that it cannot bind threads to cores, which nothing here asks for.
    log.getLogger("net.openhft.affinity").setLevel(Level.ERROR);
    log.getLogger("org.mongodb").setLevel(Level.ERROR);
    log.getLogger("io.lettuce").setLevel(Level.WARN);
    log.getLogger("io.netty").setLevel(Level.WARN);
    tellAllAtTheEnd(log);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static boolean hasFile() {
    return EngineLog.class.getResource("/logback.xml") != null;
  }

  /** Event loops log: a full pipe must not stop them. Lines that find no room are dropped. */
  private static Appender<ILoggingEvent> queued(LoggerContext log, String name, String pattern) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(log);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(pattern);
    encoder.start();
    ConsoleAppender<ILoggingEvent> err = new ConsoleAppender<>();
    err.setContext(log);
    err.setName(name);
    // Standard output carries the start line alone.
    err.setTarget("System.err");
    err.setEncoder(encoder);
    err.start();
    AsyncAppender queue = new AsyncAppender();
    queue.setContext(log);
    queue.setName(name + "-queue");
    queue.setQueueSize(QUEUE);
    queue.setNeverBlock(true);
    queue.addAppender(err);
    queue.start();
    return queue;
  }

  private static void tellAllAtTheEnd(LoggerContext log) {
    DefaultShutdownHook hook = new DefaultShutdownHook();
    hook.setContext(log);
    Thread thread = new Thread(hook, "log-end");
    log.putObject(CoreConstants.SHUTDOWN_HOOK_THREAD, thread);
    Runtime.getRuntime().addShutdownHook(thread);
  }
}
