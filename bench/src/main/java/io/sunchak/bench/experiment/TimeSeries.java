package io.sunchak.bench.experiment;

import io.sunchak.bench.result.Run.Point;
import io.sunchak.core.Coupon;
import io.sunchak.core.Stock;
import io.sunchak.judge.Invocation;
import io.sunchak.load.generator.AnswerCodec;
import io.sunchak.load.generator.LoadGenerator;
import io.sunchak.load.generator.Recording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How an experiment went over time, from what was recorded and from the rows' own times. */
final class TimeSeries {
  private static final double STEP_SECONDS = 0.1;
  private static final int MOST_POINTS = 400;
  private static final int ALREADY = 200;
  private static final double NANOS = 1e9;

  private TimeSeries() {}

  /** Points at equal steps from the first request to the last answer or row. */
  static List<Point> of(LoadGenerator.Result result, List<Coupon> rows, Stock stock) {
    double[] accepted = times(result, true);
    double[] refused = times(result, false);
    double[] stored =
        rows.stream()
            .mapToDouble(row -> seconds(Duration.between(result.startedAt(), row.issuedAt())))
            .sorted()
            .toArray();
    double end = Math.max(last(accepted), Math.max(last(refused), last(stored)));
    double step = Math.max(STEP_SECONDS, end / MOST_POINTS);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i * step < end + step; i++) {
      double t = i * step;
      long yes = until(accepted, t);
      long rowsThen = until(stored, t);
      Long total = stock.total();
      points.add(
          new Point(
              Math.round(t * 1_000) / 1_000.0,
              yes,
              until(refused, t),
              total == null ? null : Math.max(0, total - yes),
              rowsThen,
              Math.max(0, yes - rowsThen)));
    }
    return points;
  }

  private static double[] times(LoadGenerator.Result result, boolean yes) {
    Recording all = result.recording();
    double[] found = new double[all.size()];
    int size = 0;
    for (int i = 0; i < all.size(); i++) {
      boolean accepted =
          result.codec().result(all.answer(i)) instanceof Invocation.Ok
              && AnswerCodec.status(all.answer(i)) != ALREADY;
      if (accepted == yes) {
        found[size++] = (all.doneAt(i) - result.startedNanos()) / NANOS;
      }
    }
    double[] sorted = Arrays.copyOf(found, size);
    Arrays.sort(sorted);
    return sorted;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / NANOS;
  }

  private static double last(double[] sorted) {
    return sorted.length == 0 ? 0 : sorted[sorted.length - 1];
  }

  private static long until(double[] sorted, double t) {
    int at = Arrays.binarySearch(sorted, Math.nextUp(t));
    return at >= 0 ? at : -at - 1L;
  }
}
