package io.sunchak.bench.workload;

import io.sunchak.load.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads the files. An unknown key is an error, and so is a missing one: either would measure
 * something else than what was meant.
 */
public final class Workloads {
  private static final String SUFFIX = ".yaml";
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private Workloads() {}

  /**
   * All of a folder, by name, in order of name.
   *
   * @throws CommandException which names the file and what is wrong with it
   */
  public static Map<String, Workload> read(Path folder) {
    Map<String, Workload> found = new LinkedHashMap<>();
    for (Path file : files(folder)) {
      String name = file.getFileName().toString();
      found.put(name.substring(0, name.length() - SUFFIX.length()), parse(file));
    }
    return found;
  }

  /** {@code workload} with other numbers, by the names that they have in its file. */
  public static Workload with(Workload workload, Map<String, Integer> numbers) {
    ObjectNode changed = YAML.valueToTree(workload);
    numbers.forEach(changed::put);
    return YAML.treeToValue(changed, Workload.class);
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return new ArrayList<>(
          all.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList());
    } catch (IOException e) {
      throw new CommandException("cannot list the experiments in " + folder, "look at its rights");
    }
  }

  private static Workload parse(Path file) {
    try {
      return YAML.readValue(Files.readString(file), Workload.class);
    } catch (JacksonException e) {
      throw new CommandException(file + ": " + e.getOriginalMessage(), "correct the file");
    } catch (IOException e) {
      throw new CommandException(
          "cannot read " + file + ": " + e.getMessage(), "look at its rights");
    }
  }
}
