package io.sunchak.bench.report;

import io.sunchak.bench.report.BarChart.Bar;
import io.sunchak.bench.report.Svg.Anchor;
import org.jspecify.annotations.Nullable;

/**
 * One value as a bar from zero, as a point on a logarithmic axis, or, violated, as a crossed-out
 * track.
 */
final class BarShape {
  private BarShape() {}

  static void draw(Svg svg, Bar bar, Axis axis, double y, double height) {
    if (bar.value() == null) {
      if (!bar.violation().isEmpty()) {
        svg.hatched(axis.start(), y, axis.length(), height, "crossed");
        svg.text(
            axis.start() + 10, y + height / 2 + 4.5, Anchor.START, "violation", bar.violation());
      }
      return;
    }
    double x = axis.at(bar.value());
    if (axis.logarithmic()) {
      svg.line(axis.start(), y + height / 2, x, y + height / 2, "stem");
      whisker(svg, axis, bar.spread(), y + height / 2, 16);
      svg.diamond(x, y + height / 2, 6, bar.look().style + " point");
    } else {
      double length = Math.max(x - axis.start(), 1.5);
      switch (bar.look()) {
        case CEILING, WRONG -> svg.hatched(axis.start(), y, length, height, bar.look().style);
        default -> svg.rect(axis.start(), y, length, height, bar.look().style);
      }
      whisker(svg, axis, bar.spread(), y + height / 2, 2);
    }
    if (!bar.violation().isEmpty()) {
      svg.text(axis.start() + 10, y + height / 2 + 4.5, Anchor.START, "violation", bar.violation());
    }
  }

  /** Only one that is at least so many pixels wide says anything. */
  private static void whisker(Svg svg, Axis axis, @Nullable Range spread, double y, double least) {
    if (spread == null) {
      return;
    }
    double low = axis.at(spread.least());
    double high = axis.at(spread.greatest());
    if (high - low >= least) {
      svg.path(
          "M%1$s %2$sH%3$sM%1$s %4$sV%5$sM%3$s %4$sV%5$s"
              .formatted(Svg.n(low), Svg.n(y), Svg.n(high), Svg.n(y - 4), Svg.n(y + 4)),
          "whisker");
    }
  }
}
