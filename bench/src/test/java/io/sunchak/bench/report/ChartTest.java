package io.sunchak.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sunchak.bench.report.CurveChart.Spot;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChartTest {

  @Test
  void a_linear_axis_starts_at_zero_and_is_true_to_length() {
    Axis axis = Axis.linear(100, 50, 400);

    assertThat(axis.at(0)).isEqualTo(50);
    assertThat(axis.at(50) - 50).isCloseTo((axis.at(100) - 50) / 2, within(0.001));
    assertThat(axis.at(100)).isBetween(430.0, 450.0);
    assertThat(axis.ticks(5)).containsExactly(0.0, 50.0, 100.0);
  }

  @Test
  void a_logarithmic_axis_gives_each_factor_of_ten_the_same_length() {
    Axis axis = Axis.logarithmic(93, 126_400, 0, 400);

    assertThat(axis.at(10_000) - axis.at(1_000))
        .isCloseTo(axis.at(1_000) - axis.at(100), within(0.001));
    assertThat(axis.at(93)).isPositive();
    assertThat(axis.at(126_400)).isLessThan(400);
    assertThat(axis.ticks(5)).containsExactly(100.0, 1_000.0, 10_000.0, 100_000.0);
  }

  @Test
  void a_short_logarithmic_axis_has_more_than_its_decades() {
    assertThat(Axis.logarithmic(1.4, 9, 0, 400).ticks(5)).containsExactly(1.0, 2.0, 5.0, 10.0);
  }

  @Test
  void numbers_keep_the_digits_that_mean_something() {
    assertThat(
            List.of(
                Numbers.rate(61_230.4),
                Numbers.rate(55.8),
                Numbers.rate(7.2),
                Numbers.rate(0.0312)))
        .containsExactly("61,230", "55.8", "7.20", "0.031");
    assertThat(List.of(Numbers.millis(1368), Numbers.millis(4.21), Numbers.millis(0.4)))
        .containsExactly("1,368", "4.2", "0.40");
    assertThat(
            List.of(
                Numbers.share(0.484),
                Numbers.share(0.02275),
                Numbers.share(0.000736),
                Numbers.share(1)))
        .containsExactly("48%", "2.3%", "0.07%", "100%");
    assertThat(
            List.of(
                Numbers.axis(50_000),
                Numbers.axis(1_000_000),
                Numbers.axis(0.2),
                Numbers.axis(5_000)))
        .containsExactly("50 k", "1 M", "0.2", "5,000");
    assertThat(List.of(Numbers.axisMillis(5970), Numbers.axisMillis(100)))
        .containsExactly("5.97 s", "100 ms");
  }

  @Test
  void long_labels_end_with_an_ellipsis_within_their_place_in_either_script() {
    assertThat(Fit.cut("short", 10)).isEqualTo("short");
    assertThat(Fit.cut("a target of a very long name", 8)).endsWith("…").hasSizeLessThan(17);
    assertThat(Fit.cut("아주 긴 이름을 가진 대상", 8)).endsWith("…").hasSizeLessThan(10);
    assertThat(Fit.cut("😀😀😀😀", 2)).isEqualTo("😀…");
  }

  @Test
  void a_course_is_thinned_to_its_pixels_and_keeps_its_ends() {
    List<Spot> spots =
        IntStream.rangeClosed(0, 60_000).mapToObj(i -> new Spot(i / 1000.0, i)).toList();

    List<Spot> thinned = CurveChart.thinned(spots, Axis.linear(60, 0, 400));

    assertThat(thinned).hasSizeLessThan(405).startsWith(spots.getFirst()).endsWith(spots.getLast());
  }

  @Test
  void a_course_that_ends_at_once_or_an_empty_chart_is_drawn_without_nonsense() {
    Svg svg = new Svg(Language.ENGLISH, "x");
    new PercentileChart(List.of()).draw(svg, Chart.WIDE);
    new CurveChart(Text.NONE, Text.NONE, List.of()).draw(svg, Chart.NARROW);
    new BarChart(new BarChart.Heads(Text.NONE, Text.NONE), List.of(), null, true)
        .draw(svg, Chart.WIDE);

    assertThat(svg.inline(1, 1, Text.NONE)).doesNotContain("NaN", "Infinity");
  }

  /** The thresholds of WCAG 2: 4.5 for text, 3 for shapes. */
  @Test
  void colours_have_contrast_in_both_themes() {
    Map<String, Style.Pair> palette = Style.palette();
    for (String ground : List.of("bg", "surface", "sunken")) {
      for (String text : List.of("text", "muted", "product", "seed-text", "bad")) {
        assertThat(contrast(palette, text, ground)).as("%s on %s", text, ground).isGreaterThan(4.5);
      }
      for (String shape : List.of("seed", "ceiling", "product", "bad", "line-strong")) {
        assertThat(contrast(palette, shape, ground)).as("%s on %s", shape, ground).isGreaterThan(3);
      }
    }
    assertThat(contrast(palette, "bad", "bad-soft")).isGreaterThan(4.5);
    assertThat(contrast(palette, "text", "bad-soft")).isGreaterThan(4.5);
    assertThat(contrast(palette, "muted", "bad-soft")).isGreaterThan(4.5);
  }

  private static double contrast(Map<String, Style.Pair> palette, String one, String other) {
    Style.Pair a = java.util.Objects.requireNonNull(palette.get(one));
    Style.Pair b = java.util.Objects.requireNonNull(palette.get(other));
    return Math.min(ratio(a.light(), b.light()), ratio(a.dark(), b.dark()));
  }

  private static double ratio(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String hex) {
    return 0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5);
  }

  private static double channel(String hex, int from) {
    double share = Integer.parseInt(hex.substring(from, from + 2), 16) / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
