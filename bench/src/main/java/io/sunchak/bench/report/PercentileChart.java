package io.sunchak.bench.report;

import io.sunchak.bench.report.Svg.Anchor;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of latency percentiles on a logarithmic axis of milliseconds: a line from p50 to p99.9, each
 * with its own sign.
 */
record PercentileChart(List<Group> groups) implements Chart {

  record Group(Text title, List<Row> rows) {}

  /** Milliseconds; null: not measured. */
  record Row(Text label, Text what, boolean product, Percentiles ms, Text violation, Text tip) {}

  record Percentiles(
      @Nullable Double p50, @Nullable Double p90, @Nullable Double p99, @Nullable Double p999) {
    DoubleStream values() {
      return java.util.stream.Stream.of(p50, p90, p99, p999)
          .filter(Objects::nonNull)
          .mapToDouble(Double::doubleValue);
    }
  }

  private static final double LABELS = 310;
  private static final double NUMBERS = 176;

  @Override
  public double draw(Svg svg, double width) {
    boolean narrow = Chart.isNarrow(width);
    double start = narrow ? 8 : LABELS;
    double length = width - start - (narrow ? 8 : NUMBERS);
    double[] all =
        groups.stream()
            .flatMap(g -> g.rows().stream())
            .flatMapToDouble(r -> r.ms().values())
            .filter(v -> v > 0)
            .toArray();
    Axis axis =
        Axis.logarithmic(
            DoubleStream.of(all).min().orElse(1),
            DoubleStream.of(all).max().orElse(1),
            start,
            length);
    double row = narrow ? 44 : 28;
    double top = 26;
    double bottom = top + groups.stream().mapToDouble(g -> 34 + g.rows().size() * row).sum();
    grid(svg, axis, top, bottom);
    legend(svg, width, narrow);
    double y = top;
    for (Group group : groups) {
      svg.text(0, y + 23, Anchor.START, "group", group.title());
      y += 34;
      for (Row entry : group.rows()) {
        svg.row(y, width, row, entry.tip());
        labels(svg, entry, y, width, narrow);
        percentiles(svg, entry, axis, narrow ? y + 30 : y + 14);
        svg.endRow();
        y += row;
      }
    }
    return bottom + 26;
  }

  private static void grid(Svg svg, Axis axis, double top, double bottom) {
    for (double tick : axis.ticks(5)) {
      svg.line(axis.at(tick), top, axis.at(tick), bottom, "grid");
      svg.text(axis.at(tick), bottom + 16, Anchor.MIDDLE, "tick", Numbers.axisMillis(tick));
    }
  }

  private static void legend(Svg svg, double width, boolean narrow) {
    double x = narrow ? 6 : LABELS;
    String[] names = {"p50", "p90", "p99", "p99.9"};
    for (int i = 0; i < names.length; i++) {
      sign(svg, i, x + i * 62, 8, "seed");
      svg.text(x + i * 62 + 10, 12, Anchor.START, "head", names[i]);
    }
    if (!narrow) {
      svg.text(width - 80, 12, Anchor.END, "head", "p50 ms");
      svg.text(width, 12, Anchor.END, "head", "p99 ms");
    }
  }

  private static void labels(Svg svg, Row row, double y, double width, boolean narrow) {
    String look = row.product() ? " product" : " seed";
    double base = narrow ? y + 17 : y + 18.5;
    svg.text(0, base, Anchor.START, "label" + look, Fit.within(88, 13, row.label()));
    svg.text(
        narrow ? 88 : 94,
        base,
        Anchor.START,
        "what",
        Fit.within(narrow ? width - 88 - 92 : LABELS - 104, 12, row.what()));
    String p50 = row.ms().p50() == null ? "" : Numbers.millis(row.ms().p50());
    String p99 = row.ms().p99() == null ? "" : Numbers.millis(row.ms().p99());
    if (narrow) {
      String both = p99.isEmpty() ? p50 : p50 + " / " + p99;
      svg.text(width, base, Anchor.END, "value" + look, both);
    } else {
      svg.text(width - 80, base, Anchor.END, "value" + look, p50);
      svg.text(width, base, Anchor.END, "value" + look, p99);
    }
  }

  private static void percentiles(Svg svg, Row row, Axis axis, double y) {
    if (!row.violation().isEmpty()) {
      svg.hatched(axis.start(), y - 8, axis.length(), 16, "crossed");
      svg.text(axis.start() + 10, y + 4.5, Anchor.START, "violation", row.violation());
      return;
    }
    String look = row.product() ? "product" : "seed";
    if (row.ms().values().count() > 1) {
      double least = row.ms().values().min().orElse(0);
      double greatest = row.ms().values().max().orElse(0);
      svg.line(axis.at(least), y, axis.at(greatest), y, "range " + look);
    }
    Percentiles ms = row.ms();
    @Nullable Double[] each = {ms.p50(), ms.p90(), ms.p99(), ms.p999()};
    for (int i = each.length - 1; i >= 0; i--) {
      Double value = each[i];
      if (value != null) {
        sign(svg, i, axis.at(value), y, look);
      }
    }
  }

  /** A disc, a ring, a diamond and a bar: told apart without colour. */
  private static void sign(Svg svg, int which, double x, double y, String look) {
    switch (which) {
      case 0 -> svg.circle(x, y, 5, look + " point");
      case 1 -> svg.circle(x, y, 4, look + " ring");
      case 2 -> svg.diamond(x, y, 6, look + " point");
      default -> svg.rect(x - 1.5, y - 7, 3, 14, look + " point");
    }
  }
}
