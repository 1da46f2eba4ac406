package io.sunchak.server.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only place that logs exceptions of requests. Each kind of defect is logged with its stack
 * trace at most once a minute, so that a client that can cause one cannot fill the disk.
 * Thread-safe.
 *
 * <p>Suppressed exceptions, which the framework adds, are left out because they contain the
 * request's path and query.
 */
public final class DefectLog {
  private static final Logger LOG = LoggerFactory.getLogger(DefectLog.class);
  private static final long PAUSE = Duration.ofMinutes(1).toNanos();

  /** Fewer kinds than that are expected; further kinds share one slot. */
  private static final int MOST_KINDS = 100;

  private static final int MOST_CAUSES = 10;

  private final LongSupplier nanoTime;
  private final Map<String, Long> told = new ConcurrentHashMap<>();

  public DefectLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  public void tell(Throwable defect) {
    if (isDue(kind(defect))) {
      LOG.error(
          "a defect; more of this kind are not logged for a minute", Bare.of(defect, MOST_CAUSES));
    }
  }

  private boolean isDue(String kind) {
    long now = nanoTime.getAsLong();
    String place = told.containsKey(kind) || told.size() < MOST_KINDS ? kind : "";
    Long last = told.get(place);
    if (last != null && now - last < PAUSE) {
      return false;
    }
    return last == null ? told.putIfAbsent(place, now) == null : told.replace(place, last, now);
  }

  /** A defect with its causes and their traces, and nothing else. */
  private static final class Bare extends Exception {
    private static final long serialVersionUID = 1;

    private Bare(String what, @Nullable Throwable cause, StackTraceElement[] trace) {
      super(what, cause);
      setStackTrace(trace);
    }

    static Bare of(Throwable defect, int causes) {
      Throwable cause = defect.getCause();
      return new Bare(
          defect.toString(),
          cause == null || causes == 0 ? null : of(cause, causes - 1),
          defect.getStackTrace());
    }
  }

  /** The type of the exception and the place where it was thrown. */
  private static String kind(Throwable defect) {
    StackTraceElement[] trace = defect.getStackTrace();
    return defect.getClass().getName() + (trace.length == 0 ? "" : trace[0]);
  }
}
