package io.sunchak.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes {@code report.html} and {@code svg/*.svg} beside the results of a bench run. */
public final class ReportWriter {
  /** Which figure each picture shows: the first of these that the results hold. */
  private static final Map<String, List<String>> PICTURES =
      Map.of(
          "throughput", List.of("accepted-accept", "accepted-mixed", "accepted-seed-600"),
          "count", List.of("count-seed-600"),
          "latency", List.of("latency-latency", "latency-accept", "latency-sold-out"),
          "stock-over-time", List.of("remaining-seed-600", "remaining-fcfs-20k"),
          "drain", List.of("drain"));

  private ReportWriter() {}

  /**
   * Reads {@code results.json} and {@code runs/*.json} of the folder and writes the report beside
   * them, replacing an older one. What the results do not hold is left out.
   *
   * @return the written page
   * @throws IOException when {@code results.json} cannot be read, or a file not be written
   */
  public static Path write(Path folder) throws IOException {
    Findings findings = Findings.read(folder);
    Path page = folder.resolve("report.html");
    Files.writeString(
        page, new ReportPage(findings, Files.readString(folder.resolve("results.json"))).html());
    pictures(findings, folder.resolve("svg"));
    return page;
  }

  private static void pictures(Findings findings, Path folder) throws IOException {
    List<Figure> figures =
        new Sections(findings).all().stream().flatMap(s -> s.figures().stream()).toList();
    Files.createDirectories(folder);
    for (Map.Entry<String, List<String>> picture : PICTURES.entrySet()) {
      Path english = folder.resolve(picture.getKey() + ".svg");
      Path korean = folder.resolve(picture.getKey() + ".ko.svg");
      Files.deleteIfExists(english);
      Files.deleteIfExists(korean);
      for (String id : picture.getValue().reversed()) {
        for (Figure figure : figures) {
          if (figure.id().equals(id)) {
            Files.writeString(english, new Picture(figure).svg(Language.ENGLISH));
            Files.writeString(korean, new Picture(figure).svg(Language.KOREAN));
          }
        }
      }
    }
  }

  /** Draws the report of a folder anew: {@code ReportWriter DIR}. */
  public static void main(String[] arguments) {
    if (arguments.length != 1) {
      System.err.println("sunchak: one argument, the folder with results.json");
      System.exit(2);
    }
    try {
      System.out.println(write(Path.of(arguments[0])));
    } catch (IOException unreadable) {
      System.err.println("sunchak: " + unreadable.getMessage());
      System.exit(1);
    }
  }
}
