package io.sunchak.chaos.crash;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The steps between which a server can die, as its engines and its users see them: each is a
 * message on the wire. The texts that are matched are those of {@link Message}.
 */
enum Step {
  /** One script decides a group of users, numbers them and writes the log. */
  RESERVE(Drill.ISSUE, "^reserve 3( \\S+){8} \\S"),
  /** A user is told the number. */
  ANSWER(Drill.ISSUE, "^HTTP/1.1 202"),

  /** The drain reads what the ledger does not have yet. */
  READ_LOG(Drill.ISSUE, "^drain_read 3( \\S+){5} " + Drill.DRAINED + " "),
  /** The drain's transaction moves the cursor. */
  MOVE_CURSOR(Drill.ISSUE, last("UPDATE drain_cursor SET last = $1, turn_of")),
  /** The same transaction writes the rows. */
  COPY_ROWS(Drill.ISSUE, last("COPY coupon")),
  /** The same transaction is committed. */
  COMMIT_BATCH(Drill.ISSUE, last("COPY coupon", "COMMIT")),
  /** The drain keeps a row that the ledger refuses as a failure. */
  KEEP_FAILURE(
      Drill.REFUSE, last("UPDATE drain_cursor SET last = $1, turn_of", "INSERT INTO failure")),
  /** The failure and the cursor that passed it are committed. */
  COMMIT_FAILURE(Drill.REFUSE, last("INSERT INTO failure", "COMMIT")),

  /** What the ledger has is deleted from the log. */
  TRIM(Drill.ISSUE, "^drain_read 3( \\S+){5} (?!" + Drill.DRAINED + " )"),

  /** A resync takes a new epoch in the ledger. */
  BEGIN_RESYNC(Drill.RESYNC, last("WITH raised AS ( UPDATE campaign SET epoch")),
  /** Redis refuses every node from here on. */
  FENCE(Drill.RESYNC, "^fence "),
  /** The node writes what it promised into the hand-over table. */
  HAND_OVER(Drill.RESYNC, last("WITH under_way AS")),
  /** What was handed over is committed. */
  COMMIT_HAND_OVER(Drill.RESYNC, last("WITH under_way AS", "COMMIT")),
  /** The resync reads the claims in the log. */
  READ_CLAIMS(Drill.RESYNC, "^XRANGE "),
  /** The resync reads the claims of the holders. */
  READ_HOLDERS(Drill.RESYNC, "^HSCAN "),
  /** The resync writes the claims that the ledger lacks. */
  SETTLE_CLAIMS(Drill.RESYNC, last("resyncing FOR UPDATE", "INSERT INTO coupon")),
  /** The settled claims and the cursor are committed. */
  COMMIT_SETTLED(Drill.RESYNC, last("UPDATE drain_cursor SET last = $1 WHERE", "COMMIT")),
  /** Holders and log are deleted in Redis. */
  CLEAR(Drill.RESYNC, "^clear "),
  /** The ledger's holders are loaded into Redis. */
  LOAD(Drill.RESYNC, "^load "),
  /** Redis is opened for the new epoch. */
  OPEN(Drill.RESYNC, "^open "),
  /** The ledger is told that the resync is over. */
  FINISH_RESYNC(Drill.RESYNC, last("UPDATE campaign SET resyncing = false", "COMMIT")),

  /** The comparison reads the holders' numbers in Redis. */
  COMPARE_ROWS(Drill.RECONCILE, "^HMGET \\S+:issued "),
  /** The comparison reads all holders of Redis. */
  COMPARE_HOLDERS(Drill.RECONCILE, "^HSCAN "),
  /** The comparison counts the ledger's rows, gaps and duplicates. */
  COUNT_ROWS(Drill.RECONCILE, last("WITH cursor AS (SELECT last FROM drain_cursor")),

  /** A replay locks the failures. */
  LOCK_FAILURES(Drill.REPLAY, last("SELECT * FROM failure")),
  /** A replay makes the failures coupons. */
  MOVE_FAILURES(Drill.REPLAY, last("WITH moved AS ( DELETE FROM failure")),
  /** The replay is committed, with its entry in the audit. */
  COMMIT_REPLAY(Drill.REPLAY, last("INSERT INTO audit", "COMMIT"));

  private final Drill drill;
  private final Pattern text;

  Step(Drill drill, String text) {
    this.drill = drill;
    this.text = Pattern.compile(text, Pattern.DOTALL);
  }

  /** In which a server comes to this step. */
  Drill drill() {
    return drill;
  }

  boolean is(String message) {
    return text.matcher(message).find();
  }

  /** The statement that was sent last, and some that came before it in the same transaction. */
  private static String last(String... statements) {
    StringBuilder pattern = new StringBuilder();
    for (String statement : statements) {
      pattern.append(pattern.isEmpty() ? "" : ".*" + Message.NEXT + "[^" + Message.NEXT + "]*");
      pattern.append(Pattern.quote(statement));
    }
    return pattern.append("[^").append(Message.NEXT).append("]*$").toString();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
