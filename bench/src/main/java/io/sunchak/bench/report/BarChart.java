package io.sunchak.bench.report;

import io.sunchak.bench.report.Svg.Anchor;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of bars, grouped, with their number and a note at the right. From zero in equal steps;
 * logarithmic it draws points instead, for a bar that starts anywhere but at zero lies about its
 * length.
 */
record BarChart(Heads heads, List<Group> groups, @Nullable Mark mark, boolean logarithmic)
    implements Chart {

  /** What the two columns at the right hold. */
  record Heads(Text value, Text note) {}

  /** A line across all bars, such as the ceiling. */
  record Mark(double value, Text label) {}

  record Group(Text title, List<Bar> bars) {}

  /** A row. With a violation and no value it shows the violation in the place of the bar. */
  record Bar(
      Text label,
      Text what,
      Look look,
      @Nullable Double value,
      @Nullable Range spread,
      Text shown,
      Text note,
      Text violation,
      Text tip) {}

  enum Look {
    PLAIN("seed"),
    PRODUCT("product"),
    CEILING("ceiling"),
    WRONG("wrong");

    final String style;

    Look(String style) {
      this.style = style;
    }
  }

  private static final double ROW = 28;
  private static final double NARROW_ROW = 44;
  private static final double LABELS = 310;
  private static final double NUMBERS = 176;
  private static final double NOTES = 80;

  @Override
  public double draw(Svg svg, double width) {
    boolean narrow = Chart.isNarrow(width);
    double start = narrow ? 0 : LABELS;
    Axis axis = axis(start, width - start - (narrow ? 0 : notes() ? NUMBERS : NUMBERS - NOTES));
    double row = narrow ? NARROW_ROW : ROW;
    double top = narrow && mark != null ? 42 : 26;
    double bottom =
        top + groups.stream().mapToDouble(g -> titleHeight(g) + g.bars().size() * row).sum();
    grid(svg, axis, top, bottom, narrow);
    heads(svg, width, narrow);
    double y = top;
    for (Group group : groups) {
      if (titleHeight(group) > 0) {
        svg.text(0, y + 23, Anchor.START, "group", group.title());
        y += titleHeight(group);
      }
      for (Bar bar : group.bars()) {
        svg.row(y, width, row, bar.tip());
        if (narrow) {
          narrowLabels(svg, bar, y, width);
          BarShape.draw(svg, bar, axis, y + 23, 14);
          markLine(svg, axis, y + 20, y + row - 4);
        } else {
          wideLabels(svg, bar, y, width);
          BarShape.draw(svg, bar, axis, y + 6, 16);
        }
        svg.endRow();
        y += row;
      }
    }
    if (!narrow) {
      markLine(svg, axis, top - 8, bottom);
    }
    markLabel(svg, axis, top);
    return bottom + 26;
  }

  private boolean notes() {
    return !heads.note().isEmpty();
  }

  private static double titleHeight(Group group) {
    return group.title().isEmpty() ? 0 : 34;
  }

  private Axis axis(double start, double length) {
    double[] values =
        groups.stream()
            .flatMap(g -> g.bars().stream())
            .flatMapToDouble(BarChart::extent)
            .filter(v -> v > 0)
            .toArray();
    DoubleStream marked = mark == null ? DoubleStream.empty() : DoubleStream.of(mark.value());
    double greatest = DoubleStream.concat(DoubleStream.of(values), marked).max().orElse(1);
    return logarithmic
        ? Axis.logarithmic(DoubleStream.of(values).min().orElse(1), greatest, start, length)
        : Axis.linear(greatest, start, length);
  }

  private static DoubleStream extent(Bar bar) {
    if (bar.value() == null) {
      return DoubleStream.empty();
    }
    return bar.spread() == null
        ? DoubleStream.of(bar.value())
        : DoubleStream.of(bar.value(), bar.spread().greatest());
  }

  private void grid(Svg svg, Axis axis, double top, double bottom, boolean narrow) {
    for (double tick : axis.ticks(narrow ? 4 : 6)) {
      double x = axis.at(tick);
      svg.line(x, top, x, bottom, tick == axis.from() ? "axis" : "grid");
      Anchor anchor = narrow && tick == axis.from() ? Anchor.START : Anchor.MIDDLE;
      svg.text(x, bottom + 16, anchor, "tick", Numbers.axis(tick));
    }
  }

  private void heads(Svg svg, double width, boolean narrow) {
    if (narrow) {
      svg.text(width, 12, Anchor.END, "head", heads.value().join(" · ", heads.note()));
    } else {
      svg.text(notes() ? width - NOTES : width, 12, Anchor.END, "head", heads.value());
      svg.text(width, 12, Anchor.END, "head", heads.note());
    }
  }

  private void wideLabels(Svg svg, Bar bar, double y, double width) {
    svg.text(
        0, y + 18.5, Anchor.START, "label " + bar.look().style, Fit.within(90, 13, bar.label()));
    svg.text(94, y + 18.5, Anchor.START, "what", Fit.within(LABELS - 104, 12, bar.what()));
    svg.text(
        notes() ? width - NOTES : width,
        y + 18.5,
        Anchor.END,
        "value " + bar.look().style,
        bar.shown());
    svg.text(
        width, y + 18.5, Anchor.END, bar.violation().isEmpty() ? "note" : "note bad", bar.note());
  }

  private void narrowLabels(Svg svg, Bar bar, double y, double width) {
    svg.text(0, y + 17, Anchor.START, "label " + bar.look().style, Fit.within(86, 13, bar.label()));
    svg.text(
        88,
        y + 17,
        Anchor.START,
        "what",
        Fit.within(width - 88 - (notes() ? 112 : 76), 12, bar.what()));
    svg.text(
        width,
        y + 17,
        Anchor.END,
        "value " + bar.look().style,
        bar.shown().join(" · ", bar.note()));
  }

  private void markLine(Svg svg, Axis axis, double top, double bottom) {
    if (mark != null) {
      svg.line(axis.at(mark.value()), top, axis.at(mark.value()), bottom, "mark");
    }
  }

  private void markLabel(Svg svg, Axis axis, double top) {
    if (mark != null) {
      double x = axis.at(mark.value());
      boolean right = x > axis.start() + axis.length() * 0.6;
      Anchor anchor = right ? Anchor.END : Anchor.START;
      svg.text(right ? x + 4 : x - 4, top - 14, anchor, "mark-label", mark.label());
    }
  }
}
