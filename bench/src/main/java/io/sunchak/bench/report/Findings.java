package io.sunchak.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Everything one folder of results says: the summary, the runs it was made from, and what could not
 * be read.
 */
record Findings(List<Result> results, List<RunFile> runs, List<String> unreadable) {

  /**
   * Reads {@code results.json} and {@code runs/*.json} of a folder.
   *
   * @throws IOException when {@code results.json} is missing or no JSON array; a broken run file is
   *     only listed
   */
  static Findings read(Path folder) throws IOException {
    List<Result> results = new ArrayList<>();
    JsonNode summary = parse(folder.resolve("results.json"));
    if (!summary.isArray()) {
      throw new IOException(folder.resolve("results.json") + " is no JSON array");
    }
    for (JsonNode entry : summary) {
      results.add(Result.of(entry));
    }
    List<RunFile> runs = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (Path file : runFiles(folder.resolve("runs"))) {
      String name = Objects.requireNonNull(file.getFileName()).toString();
      try {
        runs.add(RunFile.of(name, parse(file)));
      } catch (IOException broken) {
        unreadable.add(name);
      }
    }
    results.sort(Comparator.comparingInt((Result r) -> r.legend().order()));
    return new Findings(List.copyOf(results), List.copyOf(runs), List.copyOf(unreadable));
  }

  private static JsonNode parse(Path file) throws IOException {
    try {
      return Json.MAPPER.readTree(Files.readString(file));
    } catch (NoSuchFileException missing) {
      throw new IOException(file + " is missing", missing);
    } catch (JacksonException broken) {
      throw new IOException(file + " is no JSON", broken);
    }
  }

  private static List<Path> runFiles(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
    }
  }

  /** The results of an experiment in the order in which targets are shown. */
  List<Result> of(String experiment) {
    return results.stream().filter(r -> r.key().experiment().equals(experiment)).toList();
  }

  Optional<Result> find(String target, String experiment) {
    return of(experiment).stream().filter(r -> r.key().target().equals(target)).findFirst();
  }

  boolean has(String experiment) {
    return !of(experiment).isEmpty();
  }

  /** The runs behind a result, in order. */
  List<RunFile> runsOf(Result.Key key) {
    return runs.stream()
        .filter(r -> r.key().equals(key))
        .sorted(Comparator.comparingLong(r -> Objects.requireNonNullElse(r.number(), 0L)))
        .toList();
  }

  /** The run whose value is the median among those that have one: the one a curve is drawn from. */
  Optional<RunFile> medianRun(Result.Key key, Function<RunFile, @Nullable Double> value) {
    List<RunFile> measured = new ArrayList<>();
    for (RunFile run : runsOf(key)) {
      if (run.judge() != Judgement.VIOLATED && value.apply(run) != null) {
        measured.add(run);
      }
    }
    if (measured.isEmpty()) {
      return runsOf(key).stream().filter(r -> r.judge() != Judgement.VIOLATED).findFirst();
    }
    measured.sort(Comparator.comparingDouble(r -> Objects.requireNonNull(value.apply(r))));
    return Optional.of(measured.get((measured.size() - 1) / 2));
  }

  /** The median of one percentile over the runs of a result that were right. */
  @Nullable Double percentile(Result.Key key, boolean accepted, String name) {
    double[] values =
        runsOf(key).stream()
            .map(r -> (accepted ? r.acceptedMs() : r.refusedMs()).get(name))
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    if (values.length == 0) {
      return null;
    }
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
