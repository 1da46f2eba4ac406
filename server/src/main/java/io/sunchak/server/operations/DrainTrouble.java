package io.sunchak.server.operations;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.alarm.Alarm;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the drain could not do, told to people: a line in the logger {@code sunchak.failures} each,
 * and an alarm for what needs a person. Thread-safe.
 */
public final class DrainTrouble {
  private static final Logger FAILURES = LoggerFactory.getLogger("sunchak.failures");
  private static final int LONGEST = 300;

  private final Alarm alarm;
  private final Set<CampaignId> stopped = ConcurrentHashMap.newKeySet();

  public DrainTrouble(Alarm alarm) {
    this.alarm = alarm;
  }

  void kept(CampaignId campaign, Reservation reservation, String reason) {
    String what =
        "user %s, campaign %s, number %d: kept as a failure: %s"
            .formatted(line(reservation.user()), campaign, reservation.sequence(), line(reason));
    FAILURES.error("{}", what);
    alarm.raise("Sunchak could not store an accepted coupon. " + what);
  }

  /** It passes by itself, and so is no alarm. */
  void later(CampaignId campaign, RuntimeException error) {
    FAILURES.warn("{} is drained later: {}", campaign, line(String.valueOf(error.getMessage())));
  }

  /** The drain says so again and again; people are told once. */
  void stopped(CampaignId campaign, String reason) {
    if (stopped.add(campaign)) {
      String what = "campaign %s is not drained until a person helps: %s";
      FAILURES.error("{}", what.formatted(campaign, line(reason)));
      alarm.raise("Sunchak: " + what.formatted(campaign, line(reason)));
    }
  }

  void moved(CampaignId campaign) {
    stopped.remove(campaign);
  }

  /** What came from outside must not be able to write lines of its own. */
  private static String line(String text) {
    String one = text.replaceAll("\\p{Cntrl}+", " ");
    return one.length() <= LONGEST ? one : one.substring(0, LONGEST) + "…";
  }
}
