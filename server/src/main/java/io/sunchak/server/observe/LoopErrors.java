package io.sunchak.server.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sunchak.core.loop.LoopListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts exceptions that ended a loop's round as {@code sunchak_loop_errors_total{loop}} and logs
 * each cause once with its stack trace, because a defect that occurs in each round would fill the
 * log. Thread-safe.
 */
public final class LoopErrors implements LoopListener {
  private static final Logger LOG = LoggerFactory.getLogger("sunchak.loops");
  private static final int MOST_CAUSES = 200;

  private final MeterRegistry registry;
  private final Set<Cause> logged = ConcurrentHashMap.newKeySet();

  private record Cause(String loop, String error, String at) {
    static Cause of(String loop, Throwable surprise) {
      StackTraceElement[] stack = surprise.getStackTrace();
      return new Cause(
          loop, surprise.getClass().getName(), stack.length == 0 ? "" : stack[0].toString());
    }
  }

  public LoopErrors(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void onSurprise(String loop, Throwable surprise) {
    Counter.builder("sunchak.loop.errors")
        .description("Defects that a loop survived, by loop; each cause is logged once")
        .tag("loop", loop)
        .register(registry)
        .increment();
    if (logged.size() < MOST_CAUSES && logged.add(Cause.of(loop, surprise))) {
      LOG.error("a defect in the loop {}; the loop goes on", loop, surprise);
    }
  }
}
