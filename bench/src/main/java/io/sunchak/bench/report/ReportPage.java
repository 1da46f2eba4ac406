package io.sunchak.bench.report;

import io.sunchak.bench.result.ResultFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes {@code report.html}: one file that needs no other and fetches nothing. Its source is
 * {@code dashboard/src/report}, its build lies in the resources; only the data is put in here.
 */
public final class ReportPage {
  private static final String BEFORE = "<script type=\"application/json\" id=\"data\">";
  private static final String AFTER = "</script>";

  private ReportPage() {}

  /**
   * Writes it beside the results, replacing an older one.
   *
   * @return the written file
   */
  public static Path write(ResultFolder results) throws IOException {
    Path page = results.root().resolve("report.html");
    Files.writeString(page, holding(data(results)));
    return page;
  }

  private static ObjectNode data(ResultFolder results) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.set("results", results.summaryNode());
    data.putArray("runs").addAll(results.read());
    return data;
  }

  private static String holding(ObjectNode data) throws IOException {
    // No text of the data can end the element: JSON needs no < outside of its strings.
    String json = data.toString().replace("<", "\\u003c");
    String empty = BEFORE + "null" + AFTER;
    String page = built();
    int at = page.indexOf(empty);
    if (at < 0) {
      throw new IOException("the built page has no place for the results");
    }
    return page.substring(0, at) + BEFORE + json + AFTER + page.substring(at + empty.length());
  }

  private static String built() throws IOException {
    try (InputStream page = ReportPage.class.getResourceAsStream("/report/report.html")) {
      return new String(Objects.requireNonNull(page).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
