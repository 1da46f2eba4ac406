package io.sunchak.bench.result;

import io.sunchak.load.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where the runs of one bench are kept, a file each, so that one that was stopped goes on where it
 * stopped: {@code runs/<experiment>.<target>.<number>[.<variant>].json}, and {@code results.json}
 * with what they say together.
 */
public final class ResultFolder {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path root;
  private final Path runs;

  private ResultFolder(Path root) {
    this.root = root;
    this.runs = root.resolve("runs");
  }

  /**
   * Opens it, making it where it is missing.
   *
   * @throws CommandException when it holds runs of another commit: such figures do not go together
   */
  public static ResultFolder open(Path root, String commit) {
    ResultFolder folder = new ResultFolder(root);
    try {
      Files.createDirectories(folder.runs);
    } catch (IOException e) {
      throw failed("cannot make " + folder.runs, e);
    }
    for (JsonNode run : folder.read()) {
      String other = run.path("commit").asString("");
      if (!other.equals(commit)) {
        throw new CommandException(
            root + " holds runs of commit " + other + ", this is " + commit,
            "give another folder with --out");
      }
    }
    return folder;
  }

  public Path root() {
    return root;
  }

  /** Whether this run was made already. */
  public boolean has(String experiment, String target, int number) {
    String name = "%s.%s.%s.".formatted(experiment, target, number);
    return files().stream().anyMatch(file -> file.getFileName().toString().startsWith(name));
  }

  /** Keeps one. */
  public void write(Run run) {
    String variant =
        run.variant() == null
            ? ""
            : "." + run.variant().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String name = "%s.%s.%s%s.json".formatted(run.experiment(), run.target(), run.run(), variant);
    write(runs.resolve(name), run);
  }

  /** Every run so far, in order of name; {@code file} is its file's name. */
  public List<JsonNode> read() {
    List<JsonNode> all = new ArrayList<>();
    for (Path file : files()) {
      try {
        ObjectNode run = JSON.readValue(Files.readString(file), ObjectNode.class);
        all.add(run.put("file", file.getFileName().toString()));
      } catch (IOException | JacksonException e) {
        throw failed("cannot read " + file, e);
      }
    }
    return all;
  }

  /** What the runs say together, to {@code results.json}. */
  public void summarise() {
    write(root.resolve("results.json"), Summary.of(read()));
  }

  /** The text of {@code results.json} as it is now. */
  public String summary() {
    return JSON.writeValueAsString(Summary.of(read())) + "\n";
  }

  public JsonNode summaryNode() {
    return Summary.of(read());
  }

  /** Whether no run of this target was found wrong. */
  public boolean isRightFor(String target) {
    return read().stream()
        .filter(run -> run.path("target").asString("").equals(target))
        .noneMatch(run -> run.path("judge").asString("").equals("violated"));
  }

  private List<Path> files() {
    try (Stream<Path> found = Files.list(runs)) {
      return found.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw failed("cannot list " + runs, e);
    }
  }

  private static void write(Path file, Object content) {
    try {
      Path half = file.resolveSibling(file.getFileName() + ".half");
      Files.write(half, JSON.writeValueAsBytes(content));
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failed("cannot write " + file, e);
    }
  }

  private static CommandException failed(String what, Exception e) {
    return new CommandException(what + ": " + e.getMessage(), "look at its rights and the disk");
  }
}
