package io.sunchak.server.api;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that logs what failed a request. Each kind of defect is told with its stack trace
 * once a minute at most: whoever finds a way to cause one cannot fill the disk by it. Thread-safe.
 */
final class DefectLog {
  private static final Logger LOG = LoggerFactory.getLogger(DefectLog.class);
  private static final long PAUSE = Duration.ofMinutes(1).toNanos();

  /** There are fewer places that can fail than that; if not, the rest share one turn. */
  private static final int MOST_KINDS = 100;

  private final LongSupplier nanoTime;
  private final Map<String, Long> told = new ConcurrentHashMap<>();

  DefectLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void tell(Throwable defect) {
    if (isDue(kind(defect))) {
      LOG.error("a defect; more of this kind are not told for a minute", defect);
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

  /** What was thrown, and where. */
  private static String kind(Throwable defect) {
    StackTraceElement[] trace = defect.getStackTrace();
    return defect.getClass().getName() + (trace.length == 0 ? "" : trace[0]);
  }
}
