package io.sunchak.bench.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A chart with its title, how to read it, and the runs it was drawn from. */
record Figure(
    String id,
    Text title,
    Text reading,
    Chart chart,
    @Nullable Chart logarithmic,
    List<RunFile> sources) {

  Figure(String id, Text title, Text reading, Chart chart, List<RunFile> sources) {
    this(id, title, reading, chart, null, sources);
  }

  /** Figures under one heading. */
  record Section(String id, Text title, Text reading, List<Figure> figures) {}
}
