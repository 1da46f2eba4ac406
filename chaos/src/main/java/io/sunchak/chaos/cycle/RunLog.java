package io.sunchak.chaos.cycle;

import io.sunchak.chaos.history.Disturbance;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A file with a line for each cycle, written when the cycle is over. Not thread-safe. */
public final class RunLog implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final BufferedWriter file;

  private RunLog(BufferedWriter file) {
    this.file = file;
  }

  /** Opens {@code <name>.jsonl}. */
  public static RunLog open(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    return new RunLog(Files.newBufferedWriter(folder.resolve(name + ".jsonl")));
  }

  public void add(CycleReport report) throws IOException {
    write(line(report));
  }

  /** With what was measured after the cycle; a record of numbers. */
  public void add(CycleReport report, Record measured) throws IOException {
    Map<String, Object> line = line(report);
    line.put("measured", measured);
    write(line);
  }

  private static Map<String, Object> line(CycleReport report) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("seed", report.schedule().seed());
    line.put("stock", report.schedule().stock());
    line.put("users", report.schedule().users());
    line.put("schedule", report.schedule().strikes().stream().map(Object::toString).toList());
    line.put(
        "missed",
        report.struck().stream()
            .filter(one -> !one.hit())
            .map(Disturbance::strike)
            .map(Object::toString)
            .toList());
    line.put("accepted", report.accepted());
    line.put("checked", report.checked());
    line.put("unknown", report.unknown());
    line.put("lost", report.lost());
    line.put("unlisted", report.unlisted());
    line.put("violations", report.violations());
    line.put("readyMillis", report.readyMillis());
    line.put("drainedMillis", report.drainedMillis());
    return line;
  }

  private void write(Map<String, Object> line) throws IOException {
    file.write(JSON.writeValueAsString(line));
    file.newLine();
    file.flush();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
