package io.sunchak.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder of results as a bench writes them, with MADE-UP figures only: nothing here was measured.
 * Objects are given as JSON with single quotes, without the braces.
 */
final class PlantedResults {
  static final String MACHINE =
      "'machine':{'cpu':'Invented CPU @ 2.0 GHz','cores':2,'memoryGiB':8,'os':'Inventix 12','java':'25'}";

  private final Path folder;
  private final List<String> results = new ArrayList<>();

  PlantedResults(Path folder) {
    this.folder = folder;
    unchecked(() -> Files.createDirectories(folder.resolve("runs")));
  }

  /** Writes made-up results and their report, for looking at: {@code PlantedResults DIR}. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    new PlantedEverything(new PlantedResults(folder)).plant().write();
    ReportWriter.write(folder);
  }

  /** Adds an entry to {@code results.json}. */
  PlantedResults result(String target, String experiment, String fields) {
    results.add(object(target, experiment, fields));
    return this;
  }

  /** Adds a run file, named as the bench names them. */
  PlantedResults run(String target, String experiment, int number, String fields) {
    String own =
        "'run':%d,'commit':'0ddba11','startedAt':'2026-11-24T12:00:%02dZ',%s"
            .formatted(number, number, MACHINE);
    String all = object(target, experiment, fields.isEmpty() ? own : own + "," + fields);
    return file("%s.%s.%d.json".formatted(experiment, target, number), all);
  }

  PlantedResults file(String name, String content) {
    unchecked(() -> Files.writeString(folder.resolve("runs").resolve(name), content));
    return this;
  }

  Path write() {
    String all = "[" + String.join(",\n", results) + "]";
    unchecked(() -> Files.writeString(folder.resolve("results.json"), all));
    return folder;
  }

  private static String object(String target, String experiment, String fields) {
    String key = "'target':'%s','experiment':'%s'".formatted(target, experiment);
    return "{" + (fields.isEmpty() ? key : key + "," + fields).replace('\'', '"') + "}";
  }

  @FunctionalInterface
  private interface Writing {
    Path write() throws IOException;
  }

  private static void unchecked(Writing writing) {
    try {
      writing.write();
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
