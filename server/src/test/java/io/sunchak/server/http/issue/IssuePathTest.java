package io.sunchak.server.http.issue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests are the hot call, and for which campaign. */
class IssuePathTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /api/v1/campaigns/a/issues,                     a
          /api/v1/campaigns/a/issues?x=/,                 a
          http://h/api/v1/campaigns/a/issues,             a
          HTTPS://h:8/api/v1/campaigns/a/issues?x,        a
          /api/v1/campaigns/%61%2Db/issues,               a-b
          /%61pi/v1/campaigns/a/issue%73,                 a
          /api/v1;v=2/campaigns/a;x=1/issues;y,           a
          /api/v1/campaigns/%2561/issues,                 %61
          /api/v1/campaigns/A%20/issues,                  'A '
          /api/v1/campaigns/%2e%2e/issues,                ..
          """)
  void the_path_may_be_written_otherwise(String target, String campaign) {
    assertThat(IssuePath.campaign(target)).isEqualTo(campaign);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "/api/v1/campaigns/a/issues/",
        "/api/v1/campaigns/a/issues/me",
        "/api/v1/campaigns//issues",
        "/api/v1/campaigns/issues",
        "/api/v1/campaigns/a/b/issues",
        "/api/v1/campaigns/a%2Fissues",
        "/api/v1/campaigns/a%2fb/issues",
        "/api/v1/campaigns/;x/issues",
        "/api/v1/campaigns/%zz/issues",
        "/api/v1/campaigns/%6/issues",
        "/api%2Fv1/campaigns/a/issues",
        "http://h?/api/v1/campaigns/a/issues",
        "ftp://h/api/v1/campaigns/a/issues",
        "/x?/api/v1/campaigns/a/issues"
      })
  void what_routing_takes_for_another_path_is_another(String target) {
    assertThat(IssuePath.campaign(target)).isNull();
  }
}
