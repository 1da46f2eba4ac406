package io.sunchak.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.ledger.Drift.Kind;
import io.sunchak.core.ledger.RepairSummary.Missing;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries are written as {@code kind user claimed>settled}. */
class RepairSummaryTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          nothing was found                        | ''                                                  | -        | false
          the ledger's number stands               | RENUMBERED a 4>3                                    | -        | false
          a void is taken back                     | RECLAIMED a 4>4                                     | -        | false
          a user moved, all nodes there            | MOVED a 4>9                                         | -        | true
          a user without a number                  | UNSETTLED a 4>0                                     | -        | true
          one number is nobody's                   | VOIDED - 0>7                                        | 1 > 6    | true
          all after the fourth                     | VOIDED - 0>5, VOIDED - 0>6, VOIDED - 0>7            | 3 > 4    | true
          the very first                           | VOIDED - 0>1                                        | 1 > 0    | true
          some void, some moved into their kin     | MOVED a 3>5, VOIDED - 0>6                           | 2 > 4    | true
          a node had seen more                     | UNACCOUNTED n1 600>530                              | 70 > 530 | true
          two had: the highest counts              | UNACCOUNTED n1 600>530, UNACCOUNTED n2 540>530      | 70 > 530 | true
          one is silent and had told nothing       | SILENT n1 0>530                                     | 0 > 530  | true
          one is silent, and had seen more         | UNACCOUNTED n1 600>530, SILENT n1 0>530             | 70 > 530 | true
          all together                             | UNSETTLED b 9>0, MOVED a 3>5, VOIDED - 0>6, UNACCOUNTED n1 12>8, SILENT n1 0>8 | 6 > 4 | true
          """)
  void says_how_many_may_be_missing_after_which_number(
      String what, String entries, String missing, boolean needsPerson) {
    RepairSummary summary = RepairSummary.of(drift(entries));

    assertThat(summary.missing().map(m -> m.upTo() + " > " + m.after()).orElse(null))
        .as(what)
        .isEqualTo(missing);
    assertThat(summary.needsPerson()).as(what).isEqualTo(needsPerson);
  }

  @Test
  void counts_each_kind_and_names_a_node_once() {
    RepairSummary summary =
        RepairSummary.of(
            drift(
                "MOVED a 3>5, MOVED b 4>6, SILENT n2 0>8, UNACCOUNTED n2 9>8, UNACCOUNTED n1 10>8"));

    assertThat(summary.counts())
        .isEqualTo(Map.of(Kind.MOVED, 2L, Kind.SILENT, 1L, Kind.UNACCOUNTED, 2L));
    assertThat(summary.nodes()).containsExactly("n1", "n2");
  }

  @Test
  void stays_small_however_much_was_found() {
    List<Drift> much =
        IntStream.rangeClosed(1, 100_000)
            .boxed()
            .flatMap(i ->
                Stream.of(
                    new Drift("void " + i, 0, i + 10, Kind.VOIDED),
                    new Drift("n" + i, 0, 200_000, Kind.SILENT)))
            .toList();

    RepairSummary summary = RepairSummary.of(much);

    assertThat(summary.missing()).contains(new Missing(100_000, 10));
    assertThat(summary.nodes()).hasSize(10);
  }

  private static List<Drift> drift(String entries) {
    return Stream.of(entries.split(", ", -1))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> entry.split("[ >]", -1))
        .map(part ->
            new Drift(
                part[1], Long.parseLong(part[2]), Long.parseLong(part[3]), Kind.valueOf(part[0])))
        .toList();
  }
}
