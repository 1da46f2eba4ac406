package io.sunchak.bench.experiment;

import io.sunchak.bench.result.Figures;
import io.sunchak.core.CampaignId;
import io.sunchak.judge.Invocation;
import io.sunchak.load.generator.AnswerCodec;
import io.sunchak.load.generator.Credentials;
import io.sunchak.load.generator.LoadGenerator;
import io.sunchak.load.generator.Recording;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** A recording, counted. */
final class Tally {
  private static final int ALREADY = 200;
  private static final long HIGHEST = 120_000_000_000L;
  private static final double NANOS = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  private final LoadGenerator.Result result;
  private final Histogram acceptedNanos = new Histogram(HIGHEST, 3);
  private final Histogram refusedNanos = new Histogram(HIGHEST, 3);
  private final Histogram repeatedNanos = new Histogram(HIGHEST, 3);
  private final Map<String, Long> refused = new TreeMap<>();
  private long accepted;
  private long repeated;
  private long unknown;
  private long lastAccepted;
  private long last;

  Tally(LoadGenerator.Result result) {
    this.result = result;
    Recording all = result.recording();
    this.lastAccepted = result.startedNanos();
    this.last = result.startedNanos();
    for (int i = 0; i < all.size(); i++) {
      take(all, i);
    }
  }

  private void take(Recording all, int i) {
    long nanos = Math.clamp(all.doneAt(i) - all.intendedAt(i), 1, HIGHEST);
    switch (result.codec().result(all.answer(i))) {
      case Invocation.Ok _ when AnswerCodec.status(all.answer(i)) == ALREADY -> {
        repeated++;
        repeatedNanos.recordValue(nanos);
      }
      case Invocation.Ok _ -> {
        accepted++;
        acceptedNanos.recordValue(nanos);
        lastAccepted = Math.max(lastAccepted, all.doneAt(i));
      }
      case Invocation.Refused(String code) -> {
        refused.merge(code, 1L, Long::sum);
        refusedNanos.recordValue(nanos);
      }
      case Invocation.Unknown _ -> unknown++;
    }
    last = Math.max(last, all.doneAt(i));
  }

  /** What the judge takes of one campaign, by its number in the load. */
  List<Invocation> history(int number, CampaignId campaign, Credentials users) {
    return result.history(number, users);
  }

  LoadGenerator.Result result() {
    return result;
  }

  long accepted() {
    return accepted;
  }

  long repeated() {
    return repeated;
  }

  Map<String, Long> refused() {
    return refused;
  }

  long refusals() {
    return refused.values().stream().mapToLong(Long::longValue).sum();
  }

  long unknown() {
    return unknown;
  }

  long requests() {
    return result.recording().size();
  }

  /** From the first request to the last answer. */
  double seconds() {
    return Math.max(1, last - result.startedNanos()) / NANOS;
  }

  /** Until the last acceptance; null where nobody was accepted. */
  private @Nullable Double acceptedPerSecond() {
    return accepted == 0
        ? null
        : accepted / (Math.max(1, lastAccepted - result.startedNanos()) / NANOS);
  }

  /** Null where nobody was refused. */
  private @Nullable Double refusedPerSecond() {
    return refusals() == 0 ? null : refusals() / seconds();
  }

  /** Latencies of those refused stand for all where nobody was accepted. */
  Figures.Speeds speeds() {
    Histogram most = accepted == 0 ? refusedNanos : acceptedNanos;
    return new Figures.Speeds(
        acceptedPerSecond(),
        refusedPerSecond(),
        millis(most, 50),
        millis(most, 99),
        millis(refusedNanos, 50),
        millis(refusedNanos, 99));
  }

  private static @Nullable Double millis(Histogram nanos, double percentile) {
    return nanos.getTotalCount() == 0
        ? null
        : nanos.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
  }

  Map<String, Map<String, Double>> latencies() {
    Map<String, Map<String, Double>> all = new LinkedHashMap<>();
    put(all, "accepted", acceptedNanos);
    put(all, "repeated", repeatedNanos);
    put(all, "refused", refusedNanos);
    return all;
  }

  private static void put(Map<String, Map<String, Double>> all, String kind, Histogram nanos) {
    if (nanos.getTotalCount() > 0) {
      all.put(kind, percentiles(nanos));
    }
  }

  private static Map<String, Double> percentiles(Histogram nanos) {
    Map<String, Double> named = new LinkedHashMap<>();
    named.put("p50", nanos.getValueAtPercentile(50) / NANOS_PER_MILLI);
    named.put("p75", nanos.getValueAtPercentile(75) / NANOS_PER_MILLI);
    named.put("p90", nanos.getValueAtPercentile(90) / NANOS_PER_MILLI);
    named.put("p95", nanos.getValueAtPercentile(95) / NANOS_PER_MILLI);
    named.put("p99", nanos.getValueAtPercentile(99) / NANOS_PER_MILLI);
    named.put("p999", nanos.getValueAtPercentile(99.9) / NANOS_PER_MILLI);
    named.put("max", nanos.getMaxValue() / NANOS_PER_MILLI);
    return named;
  }
}
