package io.sunchak.server.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.CouponLedger;
import io.sunchak.core.ledger.FailureLedger.Kept;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cell as a spreadsheet and as a program read it. */
class CsvTest {
  private static final long SEED = 20_261_127L;
  private static final String PIECES = "'''\"\"=+-@0017.,;\t\r\n /:aeuMARTRUE%$\u00e9\uc720\uff1d";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "007",
        "0",
        "00",
        "12345678901234567890",
        "123456789012",
        "1e5",
        "1E5",
        "1.5",
        "1,5",
        ".5",
        "1-2",
        "1/2",
        "2020-01-01",
        "12:30",
        "12:30pm",
        "5-Jan",
        "MAR1",
        "sept2",
        "TRUE",
        "false",
        "50%",
        "$5",
        "(5)",
        "=1",
        "+1",
        "-1",
        "@a",
        "\t=1",
        "\uff1d1",
        "3\uc6d4 5\uc77c"
      })
  void what_a_spreadsheet_would_read_otherwise_is_marked_as_text(String text) {
    assertThat(field(Csv.cell(text))).isEqualTo(text.equals("0") ? "0" : "'" + text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "u1",
        "a1",
        "e5",
        "t1",
        "1001",
        "12345678901",
        "mark1",
        "may",
        "demo-coffee",
        "auth0|5f7c",
        "5f7cab12-58cc-4372-a567-0e02b2c3d479",
        "a@b.example",
        "a=1",
        "ERROR: no space left"
      })
  void what_every_spreadsheet_leaves_alone_is_left_alone(String text) {
    assertThat(Csv.cell(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b", "a;b", "a\tb", "a\"b", "a\nb", "a\rb", " a", "a "})
  void what_some_locale_takes_for_the_end_of_a_cell_is_quoted(String text) {
    assertThat(Csv.cell(text)).isEqualTo('"' + text.replace("\"", "\"\"") + '"');
  }

  /** A failure's own id is read as a time, and a campaign's as a number. */
  @Test
  void every_text_of_a_line_is_a_cell() {
    CouponLedger.Failure failure =
        new CouponLedger.Failure(new CampaignId("007"), 30, "1/2", Instant.EPOCH, "=1;2", "OPEN");

    assertThat(Csv.failures(List.of(new Kept(failure, 1, 1, Instant.EPOCH, Instant.EPOCH))))
        .startsWith("'007:30,'007,30,'1/2,1970-01-01T00:00:00Z,\"'=1;2\",OPEN,1,");
  }

  @Test
  void what_begins_with_an_apostrophe_stays_apart_from_what_was_given_one() {
    assertThat(Csv.cell("=1")).isEqualTo("'=1");
    assertThat(Csv.cell("'=1")).isEqualTo("''=1");
    assertThat(Csv.cell("'")).isEqualTo("''");
  }

  /** One leading apostrophe less, and every text is as it was. */
  @Test
  void every_text_can_be_read_back_and_no_two_are_written_alike() {
    Random random = new Random(SEED);
    Map<String, String> seen = new HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(8); n > 0; n--) {
        text.append(PIECES.charAt(random.nextInt(PIECES.length())));
      }
      String cell = Csv.cell(text.toString());

      assertThat(decoded(cell)).as("seed %d, round %d", SEED, i).isEqualTo(text.toString());
      assertThat(seen.merge(cell, text.toString(), (before, now) -> before))
          .isEqualTo(text.toString());
    }
  }

  private static String decoded(String cell) {
    String field = field(cell);
    return field.startsWith("'") ? field.substring(1) : field;
  }

  /** RFC 4180, of a cell that stands alone. */
  private static String field(String cell) {
    if (!cell.startsWith("\"")) {
      assertThat(cell).doesNotContain("\"", ",", ";", "\t", "\r", "\n");
      return cell;
    }
    assertThat(cell).endsWith("\"");
    String inner = cell.substring(1, cell.length() - 1);
    assertThat(inner.replace("\"\"", "")).doesNotContain("\"");
    return inner.replace("\"\"", "\"");
  }
}
