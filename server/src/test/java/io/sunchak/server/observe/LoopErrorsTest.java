package io.sunchak.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class LoopErrorsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final LoopErrors errors = new LoopErrors(registry);

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("sunchak.loops");

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(lines);
  }

  @Test
  void each_is_counted_for_its_loop_and_each_cause_is_logged_once() {
    for (int i = 0; i < 50; i++) {
      errors.onSurprise("serving", oneDefect(i));
    }
    errors.onSurprise("serving", anotherDefect());
    errors.onSurprise("alarm", oneDefect(0));
    assertThat(count("serving")).isEqualTo(51);
    assertThat(count("alarm")).isEqualTo(1);
    assertThat(lines.list).hasSize(3).allMatch(line -> line.getThrowableProxy() != null);
  }

  private static RuntimeException oneDefect(int round) {
    return new IllegalStateException("a defect in round " + round);
  }

  private static RuntimeException anotherDefect() {
    return new IllegalStateException("another one");
  }

  private double count(String loop) {
    return registry.get("sunchak.loop.errors").tag("loop", loop).counter().count();
  }
}
