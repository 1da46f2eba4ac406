package io.sunchak.server.observe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Sunchak's own part of what a server tells Prometheus. Immutable. */
final class Exposition {
  private static final Pattern TYPE = Pattern.compile("# TYPE (sunchak_\\w+) (\\w+)");
  private static final Pattern SAMPLE = Pattern.compile("(sunchak_\\w+)(?:\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, Map<String, Set<String>>> samples = new LinkedHashMap<>();

  /**
   * A metric as it is documented.
   *
   * @param type as Prometheus calls it
   */
  record Metric(String name, String type, Set<String> labels) {}

  private Exposition() {}

  static Exposition of(String text) {
    Exposition read = new Exposition();
    text.lines().forEach(read::add);
    return read;
  }

  private void add(String line) {
    Matcher type = TYPE.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (type.matches()) {
      types.put(type.group(1), type.group(2));
    } else if (sample.matches()) {
      Map<String, Set<String>> labels =
          samples.computeIfAbsent(sample.group(1), name -> new LinkedHashMap<>());
      Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
      while (label.find()) {
        labels.computeIfAbsent(label.group(1), name -> new TreeSet<>()).add(label.group(2));
      }
    }
  }

  /** All metrics; the maximum of a histogram or a summary belongs to it. */
  List<Metric> metrics() {
    return types.entrySet().stream()
        .filter(type ->
            !types.containsKey(type.getKey().replaceFirst("_max$", ""))
                || !type.getKey().endsWith("_max"))
        .map(type -> new Metric(type.getKey(), type.getValue(), labels(type.getKey())))
        .toList();
  }

  private Set<String> labels(String metric) {
    return samples.entrySet().stream()
        .filter(sample -> sample.getKey().matches(metric + "(_bucket|_count|_sum)?"))
        .flatMap(sample -> sample.getValue().keySet().stream())
        .filter(label -> !label.equals("le"))
        .collect(Collectors.toSet());
  }

  boolean has(String sample) {
    return samples.containsKey(sample);
  }

  /** The values that a label of a sample has; empty if it has no such label. */
  Set<String> values(String sample, String label) {
    return samples.getOrDefault(sample, Map.of()).getOrDefault(label, Set.of());
  }
}
