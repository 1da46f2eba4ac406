package io.sunchak.bench.report;

import io.sunchak.bench.report.Svg.Anchor;
import java.util.ArrayList;
import java.util.List;

/**
 * Courses over time, one below the other on one axis of seconds, so that lines never hide each
 * other.
 */
record CurveChart(Text valueHead, Text noteHead, List<Row> rows) implements Chart {

  /**
   * One course. Values are shares of {@code top}; without points the violation stands in their
   * place.
   */
  record Row(
      Text label,
      Text what,
      boolean product,
      List<Spot> spots,
      double top,
      Text value,
      Note note,
      Text violation,
      Text tip) {}

  record Spot(double t, double value) {}

  /** The last column: an alarming one is red and carries a cross. */
  record Note(Text text, boolean alarming) {
    static final Note NONE = new Note(Text.NONE, false);
  }

  private static final double ROW = 46;
  private static final double NARROW_ROW = 74;
  private static final double LABELS = 310;
  private static final double NUMBERS = 196;

  @Override
  public double draw(Svg svg, double width) {
    boolean narrow = Chart.isNarrow(width);
    double start = narrow ? 0 : LABELS;
    double longest =
        rows.stream().flatMap(r -> r.spots().stream()).mapToDouble(Spot::t).max().orElse(1);
    Axis axis = Axis.linear(longest, start, width - start - (narrow ? 0 : NUMBERS));
    double row = narrow ? NARROW_ROW : ROW;
    double top = 24;
    double bottom = top + rows.size() * row;
    for (double tick : axis.ticks(narrow ? 4 : 6)) {
      svg.line(axis.at(tick), top, axis.at(tick), bottom, tick == 0 ? "axis" : "grid");
      Anchor anchor = narrow && tick == 0 ? Anchor.START : Anchor.MIDDLE;
      svg.text(axis.at(tick), bottom + 16, anchor, "tick", Numbers.axis(tick) + " s");
    }
    if (narrow) {
      svg.text(width, 12, Anchor.END, "head", valueHead.join(" · ", noteHead));
    } else {
      svg.text(width - 96, 12, Anchor.END, "head", valueHead);
      svg.text(width, 12, Anchor.END, "head", noteHead);
    }
    for (int i = 0; i < rows.size(); i++) {
      Row entry = rows.get(i);
      double y = top + i * row;
      svg.row(y, width, row, entry.tip());
      labels(svg, entry, y, width, narrow);
      course(svg, entry, axis, narrow ? y + 40 : y + 6, narrow ? 30 : 34);
      svg.endRow();
    }
    return bottom + 26;
  }

  private static void labels(Svg svg, Row row, double y, double width, boolean narrow) {
    String look = row.product() ? " product" : " seed";
    String note = row.note().alarming() ? "note bad" : "note";
    if (narrow) {
      svg.text(0, y + 17, Anchor.START, "label" + look, Fit.within(88, 13, row.label()));
      svg.text(width, y + 17, Anchor.END, "value" + look, row.value());
      svg.text(0, y + 33, Anchor.START, "what", Fit.within(width - 110, 12, row.what()));
      svg.text(width, y + 33, Anchor.END, note, row.note().text());
      return;
    }
    svg.text(0, y + 27, Anchor.START, "label" + look, Fit.within(88, 13, row.label()));
    svg.text(94, y + 27, Anchor.START, "what", Fit.within(LABELS - 104, 12, row.what()));
    svg.text(width - 96, y + 27, Anchor.END, "value" + look, row.value());
    svg.text(width, y + 27, Anchor.END, note, row.note().text());
  }

  private static void course(Svg svg, Row row, Axis axis, double y, double height) {
    if (row.spots().isEmpty()) {
      if (!row.violation().isEmpty()) {
        svg.hatched(axis.start(), y + 8, axis.length(), 18, "crossed");
        svg.text(axis.start() + 10, y + 21.5, Anchor.START, "violation", row.violation());
      }
      return;
    }
    svg.line(axis.start(), y + height, axis.start() + axis.length(), y + height, "grid");
    String look = row.product() ? "product" : "seed";
    StringBuilder line = new StringBuilder();
    for (Spot spot : thinned(row.spots(), axis)) {
      double share = Math.clamp(spot.value() / row.top(), 0, 1);
      line.append(line.isEmpty() ? "M" : "L")
          .append(Svg.n(axis.at(spot.t())))
          .append(' ')
          .append(Svg.n(y + height * (1 - share)));
    }
    double first = axis.at(row.spots().getFirst().t());
    double last = axis.at(row.spots().getLast().t());
    String foot = Svg.n(y + height);
    svg.path(
        "%sL%s %sL%s %sZ".formatted(line, Svg.n(last), foot, Svg.n(first), foot), "area " + look);
    svg.path(line.toString(), "curve " + look);
  }

  /**
   * At most one point a pixel, the last of each: the course is cumulative, so nothing is lost to
   * the eye.
   */
  static List<Spot> thinned(List<Spot> spots, Axis axis) {
    List<Spot> kept = new ArrayList<>();
    for (Spot spot : spots) {
      boolean samePixel =
          kept.size() > 1
              && Math.floor(axis.at(kept.getLast().t())) == Math.floor(axis.at(spot.t()));
      if (samePixel) {
        kept.removeLast();
      }
      kept.add(spot);
    }
    return kept;
  }
}
