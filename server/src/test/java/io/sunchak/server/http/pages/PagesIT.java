package io.sunchak.server.http.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.ServerExtension;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard and the claim page as they were built: whole, and within their policy. */
@ExtendWith(ServerExtension.class)
class PagesIT {
  private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]+)\"");
  private static final Pattern INLINE =
      Pattern.compile("<script[^>]*>\\s*[^\\s<]|\\son\\w+=|<style|\\sstyle=");

  @ParameterizedTest
  @ValueSource(strings = {"/", "/c/demo-coffee"})
  void every_file_of_a_page_comes_from_this_server(String path, Api api) {
    String page = api.get(path).is(200).text();

    List<String> files =
        REFERENCE
            .matcher(page)
            .results()
            .map(reference -> URI.create(path).resolve(reference.group(1)).toString())
            .toList();
    assertThat(files).isNotEmpty().allMatch(file -> file.startsWith("/assets/"));
    for (String file : files) {
      Answer answer = api.get(file).is(200);
      assertThat(answer.text()).isNotEmpty();
      assertThat(answer.header("Cache-Control")).contains("immutable");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/c/demo-coffee"})
  void a_page_needs_nothing_that_its_policy_forbids(String path, Api api) {
    Answer page = api.get(path).is(200);

    assertThat(page.header("Content-Security-Policy"))
        .isEqualTo(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                + " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'");
    assertThat(INLINE.matcher(page.text()).find()).as(page.text()).isFalse();
    assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
  }
}
