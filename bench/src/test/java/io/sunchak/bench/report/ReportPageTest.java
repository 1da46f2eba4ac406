package io.sunchak.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.bench.result.ResultFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the page shows of its data is tested where it is made: dashboard/test/report*.test.ts. */
class ReportPageTest {
  private static final String HOSTILE = "</script><img src=x onerror=alert(1)> <!-- \u2028";
  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

  @TempDir private Path folder;

  @BeforeEach
  void one_run() throws IOException {
    Made run = new Made("V6", "accept", 1, "0ddba11", HOSTILE, 61_230.5, "ok");
    Files.createDirectories(folder.resolve("runs"));
    Files.writeString(
        folder.resolve("runs/accept.V6.1.json"), JsonMapper.shared().writeValueAsString(run));
  }

  /** What of a run is needed here. */
  record Made(
      String target,
      String experiment,
      int run,
      String commit,
      String startedAt,
      double acceptedPerSecond,
      String judge) {}

  @Test
  void it_holds_the_results_and_each_run_with_its_files_name() throws IOException {
    JsonNode data = JsonMapper.shared().readTree(data(page()));

    assertThat(data.path("results").toString())
        .isEqualTo(ResultFolder.open(folder, "0ddba11").summaryNode().toString());
    assertThat(data.path("results").path(0).path("acceptedPerSecond").asDouble())
        .isEqualTo(61_230.5);
    assertThat(data.path("runs").path(0).path("file").asString()).isEqualTo("accept.V6.1.json");
    assertThat(data.path("runs").path(0).path("startedAt").asString()).isEqualTo(HOSTILE);
  }

  @Test
  void no_text_of_a_run_can_end_the_data() throws IOException {
    String page = page();

    assertThat(data(page)).doesNotContain("<");
    assertThat(page).doesNotContain("<img src=x");
  }

  @Test
  void it_needs_no_other_file_and_fetches_nothing() throws IOException {
    String page = page();

    assertThat(page).contains("default-src 'none'; script-src 'sha256-");
    assertThat(Pattern.compile("<(script|link|img)[^>]*\\s(src|href)=").matcher(page).find())
        .isFalse();
  }

  private String page() throws IOException {
    return Files.readString(ReportPage.write(ResultFolder.open(folder, "0ddba11")));
  }

  private static String data(String page) {
    return DATA.matcher(page).results().findFirst().orElseThrow().group(1);
  }
}
