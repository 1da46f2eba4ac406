package io.sunchak.judge;

import static io.sunchak.judge.CaseFile.soldOut;
import static io.sunchak.judge.CaseFile.unsold;
import static io.sunchak.judge.Invariant.I1;
import static io.sunchak.judge.Invariant.I2;
import static io.sunchak.judge.Invariant.I3;
import static io.sunchak.judge.Invariant.I4;
import static io.sunchak.judge.Invariant.I5;
import static io.sunchak.judge.Invariant.I6;
import static io.sunchak.judge.Invariant.I7;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One promise broken, one invariant red, and the evidence names who and which number. */
class JudgeTest {

  @ParameterizedTest
  @MethodSource
  void a_kept_promise_is_clean(CaseFile file) {
    assertThat(file.verdict()).hasToString("all invariants hold");
  }

  static Stream<Named<CaseFile>> a_kept_promise_is_clean() {
    return Stream.of(
        Named.of("nothing happened", new CaseFile(3)),
        Named.of("sold out", soldOut()),
        Named.of("not sold out", unsold()),
        Named.of("a repeat is told the same", soldOut().told("a", 1, 50, 55)),
        Named.of("a holder is told 503", soldOut().refused("a", "REBUILDING", 50, 55)),
        Named.of("no on a try that overlaps the yes", unsold().refused("a", "NOT_OPEN", 12, 50)),
        Named.of("a number told late", unsold().told("x", 4, 14, 90).row("x", 4)),
        Named.of("unknown, and it happened", unsold().unknown("x", 50).row("x", 4)),
        Named.of("unknown, and it did not", unsold().unknown("x", 50)),
        Named.of("unknown, then no", soldOut().unknown("x", 50).refused("x", "SOLD_OUT", 60, 65)),
        Named.of("a failure keeps a promise", soldOut().without("c").failure("c", 3)),
        Named.of("a void failure fills a gap", gapAt3().failure("void 3", 3)),
        Named.of("told and not yet drained", soldOut().undrained().without("b").without("c")),
        Named.of("an excused promise is lost", unsold().without("c").excusing("c")),
        Named.of("a raise in between", soldOutBeforeC().raise(27, 29)),
        Named.of(
            "said SOLD_OUT, then a raise",
            unsold().refused("d", "SOLD_OUT", 40, 45).raise(46, 47)));
  }

  @ParameterizedTest
  @MethodSource
  void a_broken_promise_turns_its_own_invariant_red(CaseFile file, Invariant broken, String who) {
    assertThat(file.verdict().violations())
        .as(who)
        .allMatch(violation -> violation.invariant() == broken)
        .anyMatch(violation -> violation.evidence().equals(who));
  }

  static Stream<Arguments> a_broken_promise_turns_its_own_invariant_red() {
    return Stream.of(
        red("too many rows", soldOut().stock(2), I1, "3 rows of 2"),
        red("a row beyond the stock", soldOut().stock(2), I1, "user c holds 3 of 2"),
        red("a number beyond the stock was told", soldOut().stock(2), I1, "user c was told 3"),
        red("too many users told", soldOut().stock(2), I1, "3 users were told yes, of 2"),
        red("a failure beyond the stock", failureBeyond(), I1, "user x holds 3 of 2"),
        red("the number 0 was told", undrainedTold(0), I1, "user x was told 0"),
        red("a number below 1 was told", undrainedTold(-1), I1, "user x was told -1"),
        red("two rows", soldOut().stock(4).row("a", 4), I2, "user a holds both 1 and 4"),
        red("row and failure", soldOut().stock(4).failure("a", 4), I2, "user a holds both 1 and 4"),
        red("told two numbers", soldOut().told("a", 2, 50, 55), I2, "user a was told 1 and 2"),
        red("one number, two users", toldC3ToXToo(), I2, "3 was told to two users"),
        red("lost", unsold().without("c"), I3, "user c was told 3, the ledger has nothing"),
        red("renumbered", renumberedC(), I3, "user c was told 3, the ledger has 4"),
        red(
            "renumbered early",
            renumberedC().undrained(),
            I3,
            "user c was told 3, the ledger has 4"),
        red("nobody asked", unsold().row("x", 4), I4, noTry("x", 4)),
        red(
            "refused, and a row",
            unsold().refused("x", "PAUSED", 50, 55).row("x", 4),
            I4,
            noTry("x", 4)),
        red(
            "overtaken",
            overtaken(),
            I5,
            "user b was told 3 at 25, user c asked at 30 and holds 2"),
        red("not final", soldOutBeforeC(), I6, notFinal()),
        red("the raise was before", soldOutBeforeC().raise(1, 2), I6, notFinal()),
        red("the raise was after", soldOutBeforeC().raise(36, 37), I6, notFinal()),
        red("a gap", gapAt3(), I7, "in place of 3 the ledger has 4"),
        red("a late start", unsold().withoutAnyTraceOf("a"), I7, "in place of 1 the ledger has 2"),
        red(
            "undersold",
            soldOut().withoutAnyTraceOf("c"),
            I7,
            "2 of 3 given, though SOLD_OUT was said"),
        red("demand not met", demandNotMet(), I7, "3 of 10 given, though more users asked"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SOLD_OUT", "CLOSED", "PAUSED", "NOT_OPEN"})
  void the_campaigns_own_no_must_not_reach_a_holder(String code) {
    assertThat(soldOut().refused("a", code, 50, 55).verdict().violations())
        .containsExactly(new Violation(I2, "user a was told 1, and no on a repeat"));
  }

  @Test
  void an_excused_user_is_judged_as_a_row_still() {
    assertThat(unsold().row("a", 4).excusing("a").verdict().violations())
        .containsExactly(new Violation(I2, "user a holds both 1 and 4"));
  }

  @Test
  void unlimited_stock_is_never_oversold_or_undersold() {
    CaseFile file = demandNotMet();
    file.stock = null;
    assertThat(file.verdict().isClean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"10,", "11,and 1 more", "25,and 15 more"})
  void ten_findings_of_a_kind_are_shown_and_the_others_counted(int strangers, String more) {
    CaseFile file = new CaseFile(100);
    for (int i = 1; i <= strangers; i++) {
      file.row("x" + i, i);
    }
    assertThat(file.verdict().violations().stream().limit(10))
        .allMatch(violation -> violation.evidence().startsWith("user x"));
    assertThat(file.verdict().violations().stream().skip(10).map(Violation::evidence))
        .isEqualTo(Stream.ofNullable(more).toList());
  }

  @Test
  void a_verdict_reads_as_one_line_a_violation() {
    assertThat(unsold().without("b").without("c").row("x", 2).verdict().toString().lines())
        .containsExactlyInAnyOrder(
            "I3 (no loss): user b was told 2, the ledger has nothing",
            "I3 (no loss): user c was told 3, the ledger has nothing",
            "I4 (no phantom): " + noTry("x", 2));
  }

  private static Arguments red(String name, CaseFile file, Invariant broken, String who) {
    return Arguments.of(Named.of(name, file), broken, who);
  }

  private static String noTry(String user, long sequence) {
    return "user %s holds %d, and no try of that user can have been accepted"
        .formatted(user, sequence);
  }

  private static String notFinal() {
    return "user d was told SOLD_OUT at 28, user c asked at 30 and holds 3";
  }

  private static CaseFile undrainedTold(long sequence) {
    return unsold().undrained().told("x", sequence, 5, 55);
  }

  private static CaseFile failureBeyond() {
    return new CaseFile(2)
        .told("a", 1, 1, 2)
        .row("a", 1)
        .told("b", 2, 3, 4)
        .row("b", 2)
        .unknown("x", 5)
        .failure("x", 3);
  }

  private static CaseFile toldC3ToXToo() {
    return unsold().undrained().told("x", 3, 34, 40);
  }

  private static CaseFile renumberedC() {
    return unsold().without("c").unknown("x", 5).row("x", 3).row("c", 4);
  }

  private static CaseFile overtaken() {
    return new CaseFile(10)
        .told("a", 1, 10, 15)
        .told("b", 3, 20, 25)
        .told("c", 2, 30, 35)
        .row("a", 1)
        .row("b", 3)
        .row("c", 2);
  }

  private static CaseFile soldOutBeforeC() {
    return soldOut().withoutAnyTraceOf("d").refused("d", "SOLD_OUT", 26, 28);
  }

  private static CaseFile gapAt3() {
    return unsold().withoutAnyTraceOf("c").told("c", 4, 30, 35).row("c", 4);
  }

  private static CaseFile demandNotMet() {
    CaseFile file = unsold();
    file.demandMet = true;
    return file;
  }
}
