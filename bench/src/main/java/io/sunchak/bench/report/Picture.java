package io.sunchak.bench.report;

/** A figure as an SVG file of its own: title above, source below, ground and both themes inside. */
record Picture(Figure figure) {
  private static final double HEAD = 34;

  String svg(Language language) {
    Svg svg = new Svg(language, figure.id());
    Text title = figure.title();
    svg.text(0, 14, Svg.Anchor.START, "title", title);
    Svg drawing = new Svg(language, figure.id());
    double height = figure.chart().draw(drawing, Chart.WIDE);
    svg.group(0, HEAD, drawing);
    Text source = Fit.within(Chart.WIDE, 11, Sources.line(figure.sources()));
    svg.text(0, HEAD + height + 14, Svg.Anchor.START, "source", source);
    return svg.standalone(Chart.WIDE, HEAD + height + 18, title, Style.ofPicture());
  }
}
