package io.sunchak.ledger.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.ledger.testing.LedgerExtension;
import io.sunchak.ledger.testing.Operator;
import io.sunchak.ledger.testing.ScratchDatabase;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The question for what is due, among 20,000 campaigns of which half are archived. */
@ExtendWith(LedgerExtension.class)
final class DueCampaignsIT {
  private static final Pattern PAGES = Pattern.compile("Buffers: shared hit=(\\d+)");

  @AutoClose private final ScratchDatabase scratch;
  private final Operator operator;

  DueCampaignsIT(EmbeddedEngines engines) throws SQLException {
    scratch = ScratchDatabase.create(engines);
    scratch.open().close();
    operator = scratch.operator();
    operator.run(
        """
        INSERT INTO campaign (id, name, opens_at, closes_at, state, version)
        SELECT state || '-' || n, 'of years', closes - interval '1 day', closes, upper(state), 1
        FROM (VALUES ('closed', timestamptz '2030-01-01Z'), ('archived', timestamptz '2000-01-01Z')) kind(state, closes),
             generate_series(1, 10000) n
        """);
  }

  @Test
  void nothing_due_is_one_look_at_an_index() throws SQLException {
    assertThat(plan("2000-06-01Z"))
        .contains("Index Scan using campaign_due")
        .doesNotContain("Seq Scan", "Sort");
    assertThat(read("2000-06-01Z")).isLessThanOrEqualTo(5);
  }

  /** Before and after the statistics know them. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ten_of_thousands_are_read_without_the_others(boolean analyzed) throws SQLException {
    if (analyzed) {
      operator.run("ANALYZE campaign");
    }
    assertThat(plan("2031-01-01Z"))
        .contains("Index Scan using campaign_due")
        .doesNotContain("Sort");
    assertThat(read("2031-01-01Z")).isLessThanOrEqualTo(15);
  }

  private String plan(String end) throws SQLException {
    return operator.all("EXPLAIN (COSTS OFF) " + asked(end));
  }

  /** How many pages are read. */
  private int read(String end) throws SQLException {
    String text = operator.all("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) " + asked(end));
    Matcher found = PAGES.matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return Integer.parseInt(found.group(1));
  }

  private static String asked(String end) {
    return JdbcCampaignLedger.DUE
        .replace(":end", "CAST('" + end + "' AS timestamptz)")
        .replace(":after", "CAST('1970-01-01Z' AS timestamptz)")
        .replace(":id", "''")
        .replace(":limit", "10");
  }
}
