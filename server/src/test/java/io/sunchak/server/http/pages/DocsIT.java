package io.sunchak.server.http.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.ServerExtension;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page to try the API on: whole, from this server alone, and within its policy. */
@ExtendWith(ServerExtension.class)
class DocsIT {
  private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]+)\"");
  private static final Pattern INLINE = Pattern.compile("<script[^>]*>\\s*[^\\s<]|\\son\\w+=");

  @Test
  void the_name_that_people_know_leads_to_the_page(Api api) {
    String index = api.get("/swagger-ui.html").is(303).header("Location");

    assertThat(api.get("/" + index).is(200).text()).contains("swagger-ui");
  }

  @Test
  void every_file_of_the_page_comes_from_this_server(Api api) {
    String index = api.get("/swagger-ui/index.html").is(200).text();

    List<String> files = REFERENCE.matcher(index).results().map(MatchResult::group).toList();
    assertThat(files).hasSizeGreaterThanOrEqualTo(7).noneMatch(file -> file.contains("//"));
    REFERENCE
        .matcher(index)
        .results()
        .map(found -> found.group(1).replaceFirst("^\\./", ""))
        .forEach(file -> assertThat(api.get("/swagger-ui/" + file).is(200).text()).isNotEmpty());
  }

  @Test
  void the_page_asks_nobody_else(Api api) {
    Answer initializer = api.get("/swagger-ui/swagger-initializer.js").is(200);

    assertThat(initializer.text())
        .contains("url: '../v3/api-docs'")
        .contains("validatorUrl: null")
        .doesNotContain("://");
  }

  @Test
  void the_page_keeps_its_policy(Api api) {
    Answer index = api.get("/swagger-ui/index.html").is(200);
    String policy = String.valueOf(index.header("Content-Security-Policy"));

    assertThat(policy)
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
    assertThat(Stream.of(policy.split("; ")).filter(rule -> rule.startsWith("script-src")))
        .containsExactly("script-src 'self'");
    assertThat(policy).doesNotContain("http", "*");
    assertThat(INLINE.matcher(index.text()).find()).as("no inline script").isFalse();
    assertThat(index.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }
}
