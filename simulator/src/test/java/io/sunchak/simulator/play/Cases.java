package io.sunchak.simulator.play;

import io.sunchak.simulator.node.Parts;
import io.sunchak.simulator.play.Case.Noticed;
import java.util.List;

/** The planted bugs: the eighteen of the failure matrix, and what the project got wrong once. */
final class Cases {
  private static final Noticed SOON = new Noticed.Seeds(100);
  private static final Noticed LATER = new Noticed.Seeds(400);
  private static final Noticed SELDOM = new Noticed.Seeds(3_000);

  /** A user comes into the log a second time, and nothing that a script compares shows it. */
  private static final Parts TWICE_IN_THE_LOG =
      new Both(ScriptBug.NO_CHECK_OF_WHO_HAS_ONE, ScriptBug.NO_CHECK_FOR_A_ROLL_BACK);

  private Cases() {}

  static List<Case> all() {
    return List.of(
        Case.alone(
            "everysec", PartBug.EVERYSEC, in(Schedule.A_NODE_AND_REDIS_ARE_KILLED), "I3 (no loss)"),
        Case.alone("pop first", ScriptBug.POP_FIRST, SOON, "HOLE"),
        Case.alone("stock given back", PartBug.STOCK_GIVEN_BACK, SOON, "I1 (no oversell)"),
        Case.alone(
            "answer before sync",
            PartBug.ANSWER_BEFORE_SYNC,
            in(Schedule.A_NODE_AND_REDIS_ARE_KILLED),
            "I3 (no loss)"),
        Case.alone("trim above the cursor", ScriptBug.TRIM_ABOVE_THE_CURSOR, LATER, "HOLE"),
        Case.alone("GET then INCR", ScriptBug.GET_THEN_INCR, SOON, "I1 (no oversell)"),
        // Alone it shows nothing: the script looks up who has one, and when it does not, no user
        // comes into the log twice before the count of holders shows it.
        covered("no unique key", PartBug.NO_UNIQUE_KEY, TWICE_IN_THE_LOG, LATER, "holds both"),
        // As above. Then a refused row is settled by a resync, and a skipped one leaves a gap.
        covered(
            "a conflict clause",
            PartBug.CONFLICTS_SKIPPED,
            TWICE_IN_THE_LOG,
            LATER,
            "I7 (no gap, no undersell): in place of"),
        // Alone it shows nothing: a node of an earlier epoch has a witness that Redis lacks.
        covered(
            "no epoch check",
            ScriptBug.NO_EPOCH_CHECK,
            ScriptBug.NO_CHECK_FOR_A_ROLL_BACK,
            in(Schedule.A_COPY_FROM_BEFORE_A_RESYNC),
            "I2 (no duplicate)"),
        Case.alone("TTL on a live key", ScriptBug.EXPIRY_OF_THE_LOG, SOON, "ROLLED_BACK"),
        Case.alone("starting at the log's end", PartBug.START_AT_THE_LOGS_END, SOON, "HOLE"),
        // Alone it shows nothing: the lock saves work, and the epoch is the resync's token.
        covered(
            "a lock that is only local",
            PartBug.LOCAL_LOCK,
            ScriptBug.RESYNC_WITHOUT_TOKEN,
            in(Schedule.A_SLOW_RESYNC),
            "I2 (no duplicate)"),
        Case.alone(
            "no fence before reading",
            PartBug.FENCED_AFTER_READING,
            in(Schedule.A_NODE_GOES_ON_IN_A_RESYNC),
            "I2 (no duplicate)"),
        // Loading alone shows nothing: rows never change, so a late one loads what is there, and a
        // late resync clears first, which asks for the token, too.
        new Case(
            "load without token",
            ScriptBug.RESYNC_WITHOUT_TOKEN,
            in(Schedule.A_LATE_RESYNC),
            "I2 (no duplicate)",
            List.of(ScriptBug.LOAD_WITHOUT_TOKEN)),
        Case.alone(
            "rebuild from the ledger only",
            PartBug.REBUILD_FROM_THE_LEDGER_ONLY,
            LATER,
            "I3 (no loss)"),
        Case.alone(
            "hole accepted by the drain",
            ScriptBug.HOLE_ACCEPTED,
            in(Schedule.A_LOST_LOG),
            "I3 (no loss)"),
        Case.alone(
            "no check on reconnect",
            PartBug.NO_CHECK_ON_RECONNECT,
            in(Schedule.A_COPY_THAT_ONE_NODE_KNOWS_BETTER),
            "I2 (no duplicate)"),
        Case.alone(
            "re-send on",
            PartBug.RESENT,
            in(Schedule.A_COPY_WHILE_A_REQUEST_IS_ON_ITS_WAY),
            "I3 (no loss)"),
        Case.alone(
            "nodes do not meet",
            PartBug.NODES_DO_NOT_MEET,
            in(Schedule.A_COPY_THAT_ONE_NODE_KNOWS_BETTER),
            "I2 (no duplicate)"),
        Case.alone(
            "no wait for the hand-over", PartBug.NO_WAIT_FOR_THE_HAND_OVER, SELDOM, "I3 (no loss)"),
        Case.alone(
            "no longer wait for a node that is connected",
            PartBug.NO_WAIT_FOR_A_CONNECTED_NODE,
            in(Schedule.A_NODE_WHOSE_REPORTS_HANG),
            "I3 (no loss)"),
        Case.alone(
            "no rest after a raise",
            ScriptBug.NO_REST_AFTER_A_RAISE,
            in(Schedule.A_RAISE_AFTER_SOLD_OUT),
            "and no on a repeat"),
        Case.alone(
            "no check of who has one",
            ScriptBug.NO_CHECK_OF_WHO_HAS_ONE,
            SOON,
            "I2 (no duplicate)"),
        Case.alone(
            "no check for a roll-back",
            ScriptBug.NO_CHECK_FOR_A_ROLL_BACK,
            LATER,
            "I2 (no duplicate)"));
  }

  private static Noticed in(Schedule schedule) {
    return new Noticed.Directed(schedule);
  }

  /** Each of both alone shows nothing of it. */
  private static Case covered(
      String name, Parts bug, Parts covering, Noticed noticed, String evidence) {
    return new Case(name, new Both(bug, covering), noticed, evidence, List.of(bug, covering));
  }
}
