package io.sunchak.chaos.verdict;

import io.sunchak.chaos.history.Disturbance;
import io.sunchak.chaos.history.Press;
import io.sunchak.chaos.schedule.Fault.Harm;
import io.sunchak.chaos.verdict.Kept.Finding;
import java.time.Duration;
import java.util.List;

/**
 * Which promises may be lost: those that Redis lost before they were drained, and that no server
 * could hand over which had told them. And whether the repairs list them, as they must.
 */
final class LostTail {
  private static final long RESYNC = Duration.ofSeconds(10).toNanos();

  /** A server reports its highest promise once a second, and two reports may fail. */
  private static final long REPORTED = Duration.ofSeconds(3).toNanos();

  private final List<Disturbance> disturbances;
  private final List<Finding> findings;

  LostTail(List<Disturbance> disturbances, List<Finding> findings) {
    this.disturbances = disturbances;
    this.findings = findings;
  }

  List<Disturbance> losses() {
    return disturbances.stream().filter(one -> harm(one) == Harm.LOSS).toList();
  }

  /**
   * Whether a number that these answers told may be lost.
   *
   * @param tellings all yeses to one user that told one number
   */
  boolean mayHold(List<Press> tellings) {
    return losses().stream().anyMatch(loss -> isLostBy(loss, tellings));
  }

  private boolean isLostBy(Disturbance loss, List<Press> tellings) {
    List<Press> before =
        tellings.stream().filter(one -> one.invocation().invoked() <= loss.to()).toList();
    return !before.isEmpty()
        && before.stream().allMatch(telling -> isDisturbed(telling, loss.to() + RESYNC));
  }

  private boolean isDisturbed(Press telling, long until) {
    return disturbances.stream()
        .anyMatch(one ->
            hampers(one, telling.server())
                && one.to() >= telling.invocation().invoked()
                && one.from() <= until);
  }

  private static boolean hampers(Disturbance one, int server) {
    return switch (harm(one)) {
      case SERVERS, LEDGER -> true;
      case SERVER -> one.strike().server() == server;
      case NONE, LOSS -> false;
    };
  }

  /** Whether an operator can read of it. */
  boolean isListed(String user, long number) {
    return findings.stream()
        .anyMatch(finding ->
            switch (finding.kind()) {
              case "MOVED", "UNSETTLED", "RENUMBERED" -> finding.user().equals(user);
              case "VOIDED" -> finding.settled() == number;
              case "UNACCOUNTED" -> finding.settled() < number && number <= finding.claimed();
              case "SILENT" -> finding.settled() < number;
              default -> false;
            });
  }

  /**
   * Whether no server can have told the ledger that this number was given: the one that knew died
   * too soon after, or the way to the ledger was disturbed.
   */
  boolean isBeyondReports(List<Press> tellings) {
    return tellings.stream()
        .allMatch(telling ->
            disturbances.stream()
                .filter(one -> hampers(one, telling.server()))
                .anyMatch(one -> isTooSoon(one, telling.invocation().completed())));
  }

  private static boolean isTooSoon(Disturbance one, long told) {
    return one.to() >= told && one.from() - told <= REPORTED;
  }

  private static Harm harm(Disturbance one) {
    return one.strike().fault().harm();
  }
}
