package io.sunchak.server.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;

/** What this JVM logs while this is open. Thread-safe. */
public final class HeardLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();
  private final Logger logger;

  /** Of all loggers. */
  public HeardLog() {
    this(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  /** Of this logger, and of those below it. */
  public HeardLog(String logger) {
    this.logger = (Logger) LoggerFactory.getLogger(logger);
    setContext(this.logger.getLoggerContext());
    start();
    this.logger.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    event.prepareForDeferredProcessing();
    events.add(event);
  }

  public List<ILoggingEvent> events() {
    return List.copyOf(events);
  }

  /** The messages alone. */
  public List<String> lines() {
    return events.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /** Each with its logger, and its stack trace if it has one. */
  public List<String> entries() {
    return entries(event -> true);
  }

  /** Those of some events. */
  public List<String> entries(Predicate<ILoggingEvent> of) {
    return events.stream().filter(of).map(HeardLog::entry).toList();
  }

  private static String entry(ILoggingEvent event) {
    String trace =
        event.getThrowableProxy() == null
            ? ""
            : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy());
    return event.getLoggerName() + ": " + event.getFormattedMessage() + trace;
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    stop();
  }
}
