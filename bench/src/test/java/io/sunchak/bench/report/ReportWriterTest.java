package io.sunchak.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;

/** What must hold for every report, seen on planted results. */
class ReportWriterTest {
  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>&quot;\\\"`${1}";

  @TempDir Path folder;

  @Test
  void shows_every_target_and_experiment_of_the_results() throws IOException {
    String page = page(new PlantedEverything(planted()).plant());

    assertThat(PlantedEverything.TARGETS)
        .allSatisfy(target -> assertThat(page).contains(">" + target + "<"));
    for (Experiment experiment : Experiment.values()) {
      assertThat(page).contains("<caption><code>" + experiment.id() + "</code>");
    }
    assertThat(page).doesNotContain("Not in these results");
  }

  @Test
  void needs_nothing_but_itself() throws IOException {
    String page = page(new PlantedEverything(planted()).plant());

    assertThat(page).doesNotContain("http://", "https://", "@import", "url(", "<link", " src=");
    assertThat(Pattern.compile("href=\"(?!#|runs/)").matcher(page).find()).isFalse();
  }

  @Test
  void a_violation_stands_in_red_in_the_place_of_the_speed() throws IOException {
    String page =
        page(
            planted()
                .result(
                    "V2",
                    "accept",
                    "'judge':'violated','violations':['I1 651 rows'],'coupons':651,'stock':600,'acceptedPerSecond':77777.0,'p99Ms':88888")
                .result("V3", "accept", "'judge':'ok','acceptedPerSecond':2876"));

    assertThat(page)
        .contains("✕ 651 of 600: 51 too many", "✕ 수량 600장에 651장 발급: 51장 초과", "class=\"violation\"");
    assertThat(visible(page)).doesNotContain("77,777", "88,888").contains("2,876");
  }

  @Test
  void a_violated_result_draws_no_course_even_of_a_run_that_was_right() throws IOException {
    String series = "'judge':'ok','series':[{'t':0,'stored':0},{'t':1,'stored':900}]";
    PlantedResults planted = planted().run("V5", "drain", 1, series);

    assertThat(page(planted.result("V5", "drain", "'judge':'ok'")))
        .contains("class=\"curve seed\"");
    String page =
        page(planted().result("V5", "drain", "'judge':'violated','violations':['I3 1 lost']"));
    assertThat(page).contains("✕ I3: an accepted coupon lost").doesNotContain("class=\"curve");
  }

  @Test
  void violations_count_even_where_the_verdict_is_missing() throws IOException {
    String page =
        page(
            planted()
                .result("V3", "accept", "'acceptedPerSecond':77777,'violations':['I3 2 lost']"));

    assertThat(visible(page)).contains("I3 2 lost").doesNotContain("77,777");
  }

  @Test
  void the_headline_is_about_the_product_and_says_when_it_is_wrong() throws IOException {
    String right =
        page(
            planted()
                .result(
                    "V6", "accept", "'judge':'ok','acceptedPerSecond':61230,'ceilingRatio':0.48")
                .result("V5", "accept", "'judge':'ok','acceptedPerSecond':4515"));
    assertThat(headline(right))
        .contains("61,230 coupons a second")
        .contains("every count is right");
    assertThat(right).contains("That is 14 times as many as V5");

    String wrong =
        page(
            planted()
                .result("V6", "accept", "'judge':'ok','acceptedPerSecond':61230")
                .result("V6", "mixed", "'judge':'violated','violations':['I3 one lost']"));
    assertThat(headline(wrong)).contains("broke its promise in mixed").doesNotContain("61,230");
    assertThat(wrong).doesNotContain("are kept because they are wrong");
  }

  @Test
  void nothing_is_called_right_that_no_judge_has_seen() throws IOException {
    String page = page(planted().result("V6", "accept", "'acceptedPerSecond':61230"));

    assertThat(headline(page)).contains("61,230").doesNotContain("right");
  }

  @Test
  void says_so_where_another_is_faster_than_the_product() throws IOException {
    String page =
        page(
            planted()
                .result("V6", "accept", "'judge':'ok','acceptedPerSecond':1000")
                .result("V4", "accept", "'judge':'ok','acceptedPerSecond':4000"));

    assertThat(page).contains("V4 is faster here: the product reaches 25% of its rate.");
  }

  @Test
  void leaves_out_what_is_missing_and_names_it() throws IOException {
    String page =
        page(
            planted()
                .result("V6", "accept", "'acceptedPerSecond':null")
                .result("V1", "sold-out", ""));

    assertThat(page)
        .contains(
            "Not in these results: seed-600, mixed, latency, drain, scale, cold, fcfs-20k, fcfs-40k, nodes.");
    assertThat(page).doesNotContain("<figure>", "NaN", "null<", "Infinity");
  }

  @Test
  void hostile_strings_stay_text() throws IOException {
    String hostile = HOSTILE.replace("\\", "\\\\").replace("\"", "\\\"");
    String page =
        page(
            planted()
                .result("V6", "accept", "'judge':'ok','acceptedPerSecond':5")
                .result(hostile, "accept", "'acceptedPerSecond':7,'violations':[]")
                .result(
                    "V2",
                    hostile,
                    "'judge':'violated','violations':['"
                        + hostile
                        + "'],'variant':'"
                        + hostile
                        + "'")
                .run("V6", "accept", 1, "'commit':'" + hostile + "','startedAt':'" + hostile + "'")
                .file(
                    "a\" onmouseover=\"alert(1).json",
                    "{\"target\":\"V6\",\"experiment\":\"accept\"}"));

    assertThat(page).doesNotContain("<img", "\" onmouseover=\"");
    assertThat(page).contains("&lt;img src=x onerror=alert(1)&gt;");
    assertThat(Pattern.compile("</script>").matcher(page).results().count()).isEqualTo(2);
    assertThat(Pattern.compile("script-src 'sha256-[A-Za-z0-9+/=]{44}'").matcher(page).find())
        .isTrue();
  }

  @Test
  void holds_the_data_it_was_made_from() throws IOException {
    String page =
        page(planted().result("V6", "accept", "'acceptedPerSecond':5,'note':'</script> & more'"));

    String data = page.substring(page.indexOf("id=\"data\">") + 10);
    JsonNode kept = Json.MAPPER.readTree(data.substring(0, data.indexOf("</script>")));
    assertThat(kept)
        .isEqualTo(Json.MAPPER.readTree(Files.readString(folder.resolve("results.json"))));
  }

  @Test
  void every_text_has_both_languages() throws IOException {
    String page = page(new PlantedEverything(planted()).plant());

    assertThat(Pattern.compile("lang=\"en\">[^<]").matcher(page).results().count())
        .isGreaterThan(100)
        .isEqualTo(Pattern.compile("lang=\"ko\">[^<]").matcher(page).results().count());
  }

  @Test
  void each_figure_names_its_runs() throws IOException {
    String page =
        page(
            planted()
                .result("V3", "accept", "'acceptedPerSecond':2876,'judge':'ok'")
                .run("V3", "accept", 2, ""));

    String figure = page.substring(page.indexOf("<figure>"), page.indexOf("</figure>"));
    assertThat(figure)
        .contains(
            "runs/accept.V3.2.json",
            "commit 0ddba11 · 2026-11-24 · Invented CPU @ 2.0 GHz, 2 cores, 8 GiB");
  }

  @Test
  void a_broken_run_file_is_named_and_the_rest_shown() throws IOException {
    String page =
        page(
            planted()
                .result("V3", "accept", "'acceptedPerSecond':2876")
                .file("accept.V3.1.json", "{half")
                .file("b.json", "[]"));

    assertThat(page).contains("could not be read: accept.V3.1.json.").contains("2,876");
  }

  @Test
  void refuses_a_folder_without_results() {
    assertThatThrownBy(() -> ReportWriter.write(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("results.json is missing");
  }

  @Test
  void pictures_are_well_formed_stand_alone_and_know_both_themes() throws Exception {
    new PlantedEverything(planted()).plant().write();
    ReportWriter.write(folder);

    try (Stream<Path> pictures = Files.list(folder.resolve("svg"))) {
      List<Path> all = pictures.toList();
      assertThat(all)
          .extracting(p -> p.getFileName().toString())
          .contains(
              "throughput.svg",
              "throughput.ko.svg",
              "latency.svg",
              "stock-over-time.svg",
              "drain.svg",
              "count.svg");
      for (Path picture : all) {
        String svg = Files.readString(picture);
        assertThat(parsed(svg).getTagName()).isEqualTo("svg");
        assertThat(svg)
            .contains("prefers-color-scheme: dark")
            .doesNotContain("var(--", " lang=", "url(", "href");
      }
    }
    assertThat(Files.readString(folder.resolve("svg/drain.svg"))).contains("✕ 9,742", "✓ 0");
  }

  @Test
  void a_picture_of_what_is_no_longer_measured_is_removed() throws IOException {
    new PlantedEverything(planted()).plant().write();
    ReportWriter.write(folder);
    planted().result("V3", "accept", "'acceptedPerSecond':2876").write();
    ReportWriter.write(folder);

    assertThat(folder.resolve("svg/throughput.svg")).exists();
    assertThat(folder.resolve("svg/drain.svg")).doesNotExist();
    assertThat(folder.resolve("svg/drain.ko.svg")).doesNotExist();
  }

  private PlantedResults planted() {
    return new PlantedResults(folder);
  }

  private String page(PlantedResults planted) throws IOException {
    planted.write();
    return Files.readString(ReportWriter.write(folder));
  }

  private static String headline(String page) {
    return visible(page.substring(page.indexOf("<h1>"), page.indexOf("</h1>")));
  }

  /** Without the data at the end and without tags; attributes are gone with them. */
  private static String visible(String page) {
    int data = page.indexOf("<script type=\"application/json\"");
    return (data < 0 ? page : page.substring(0, data))
        .replaceAll("<[^>]*>", " ")
        .replaceAll("\\s+", " ")
        .replace(" ,", ",");
  }

  private static Element parsed(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    return document.getDocumentElement();
  }
}
