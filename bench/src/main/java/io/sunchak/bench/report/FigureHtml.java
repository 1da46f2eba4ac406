package io.sunchak.bench.report;

import org.jspecify.annotations.Nullable;

/**
 * A figure within the page: drawn for a desk and for a phone, and on both scales where it has two.
 */
final class FigureHtml {
  private FigureHtml() {}

  static String of(Figure figure) {
    StringBuilder html = new StringBuilder("<figure>\n<div class=\"figure-head\"><div><h3>");
    html.append(Markup.html(figure.title())).append("</h3>");
    if (!figure.reading().isEmpty()) {
      html.append("<p>").append(Markup.html(figure.reading())).append("</p>");
    }
    html.append("</div>");
    @Nullable Chart logarithmic = figure.logarithmic();
    if (logarithmic != null) {
      html.append("<div class=\"switch\" role=\"group\"")
          .append(Markup.attribute("aria-label", Text.of("Scale", "눈금")))
          .append("><button type=\"button\" data-scale=\"linear\" aria-pressed=\"true\">")
          .append(Markup.html(Text.of("Linear", "선형")))
          .append(
              "</button><button type=\"button\" data-scale=\"logarithmic\" aria-pressed=\"false\">")
          .append(Markup.html(Text.of("Logarithmic", "로그")))
          .append("</button></div>");
    }
    html.append("</div>\n");
    drawing(html, figure, figure.chart(), "linear", "");
    if (logarithmic != null) {
      drawing(html, figure, logarithmic, "logarithmic", " hidden");
    }
    return html.append(Sources.html(figure.sources())).append("</figure>\n").toString();
  }

  private static void drawing(
      StringBuilder html, Figure figure, Chart chart, String drawn, String hidden) {
    html.append("<div class=\"drawing\" data-drawn=\"%s\"%s>\n".formatted(drawn, hidden));
    for (double width : new double[] {Chart.WIDE, Chart.NARROW}) {
      String size = Chart.isNarrow(width) ? "narrow" : "wide";
      Svg svg = new Svg(Language.BOTH, figure.id() + "-" + drawn + "-" + size);
      double height = chart.draw(svg, width);
      html.append("<div class=\"%s\">".formatted(size));
      html.append(svg.inline(width, height, figure.title())).append("</div>\n");
    }
    html.append("</div>\n");
  }
}
