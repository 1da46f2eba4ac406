package io.sunchak.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Replaces the text between two markers of a README by tables made from a folder of results. */
public final class ReadmeTables {
  static final String BEGIN = "<!-- bench:begin -->";
  static final String END = "<!-- bench:end -->";

  private ReadmeTables() {}

  /**
   * Brings one file up to date; a second time it changes nothing. A name that ends in {@code
   * .ko.md} gets Korean tables.
   *
   * @throws IOException when the results or the file cannot be read, or it does not hold the two
   *     markers once, in order
   */
  public static void replace(Path readme, Path folder) throws IOException {
    String text = Files.readString(readme);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    boolean once = begin == text.lastIndexOf(BEGIN) && end == text.lastIndexOf(END);
    if (begin < 0 || end < begin || !once) {
      throw new IOException("%s needs one %s and, after it, one %s".formatted(readme, BEGIN, END));
    }
    boolean korean = Objects.requireNonNull(readme.getFileName()).toString().endsWith(".ko.md");
    Findings findings = Findings.read(folder);
    String tables =
        new MarkdownTables(new Markdown(findings, korean, link(readme, folder))).markdown();
    String replaced = text.substring(0, begin) + BEGIN + "\n" + tables + text.substring(end);
    if (!replaced.equals(text)) {
      Files.writeString(readme, replaced);
    }
  }

  /** The folder as seen from the README, with slashes on every system. */
  private static String link(Path readme, Path folder) {
    Path home = Objects.requireNonNull(readme.toAbsolutePath().normalize().getParent());
    Path way = home.relativize(folder.toAbsolutePath().normalize());
    List<String> parts = new ArrayList<>();
    way.forEach(part -> parts.add(Markup.encode(part.toString())));
    return String.join("/", parts);
  }

  /** {@code ReadmeTables DIR README…}. */
  public static void main(String[] arguments) {
    if (arguments.length < 2) {
      System.err.println(
          "sunchak: the folder with results.json, then the files to bring up to date");
      System.exit(2);
    }
    try {
      for (String readme : List.of(arguments).subList(1, arguments.length)) {
        replace(Path.of(readme), Path.of(arguments[0]));
      }
    } catch (IOException refused) {
      System.err.println("sunchak: " + refused.getMessage());
      System.exit(1);
    }
  }
}
