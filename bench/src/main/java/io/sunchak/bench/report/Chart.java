package io.sunchak.bench.report;

/**
 * Something that draws itself as wide as it is told; narrow ones lay themselves out for a phone.
 */
interface Chart {
  double WIDE = 894;
  double NARROW = 326;

  /** Draws from (0, 0) and returns the height it took. */
  double draw(Svg svg, double width);

  static boolean isNarrow(double width) {
    return width < 560;
  }
}
