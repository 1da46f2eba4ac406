package io.sunchak.server.observe;

import io.sunchak.alarm.Alarm;
import io.sunchak.alarm.ChatText;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.ledger.LedgerException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports errors of the drain: each as a line of the logger {@code sunchak.failures}, and those
 * that need an operator as an alarm. Thread-safe.
 */
public final class DrainTrouble {
  private static final Logger FAILURES = LoggerFactory.getLogger("sunchak.failures");
  private static final int LONGEST = 300;

  private final Alarm alarm;
  private final InstantSource clock;
  private volatile @Nullable Trouble last;
  private final Set<CampaignId> stopped = ConcurrentHashMap.newKeySet();
  private final Set<CampaignId> refused = ConcurrentHashMap.newKeySet();

  /** An error, in one line. */
  public record Trouble(String what, Instant at) {}

  public DrainTrouble(Alarm alarm, InstantSource clock) {
    this.alarm = alarm;
    this.clock = clock;
  }

  /** The newest error; null if there was none. */
  @Nullable Trouble last() {
    return last;
  }

  /** Whether the latest write of any campaign's drain has failed. */
  boolean isWriteFailing() {
    return !refused.isEmpty();
  }

  void kept(CampaignId campaign, Reservation reservation, String reason) {
    String what = "user %s, campaign %s, number %d: kept as a failure: %s";
    String user = line(reservation.user());
    String why = line(reason);
    long number = reservation.sequence();
    String told = what.formatted(user, campaign, number, why);
    FAILURES.error("{}", told);
    remember(told);
    alarm.raise(
        "Sunchak could not store an accepted coupon. "
            + what.formatted(ChatText.quote(user), campaign, number, ChatText.quote(why)));
  }

  /** A passing error: logged and no alarm. */
  void later(CampaignId campaign, RuntimeException error) {
    if (error instanceof LedgerException) {
      refused.add(campaign);
    }
    String what =
        "the drain of "
            + campaign
            + " failed and is retried: "
            + line(String.valueOf(error.getMessage()));
    FAILURES.warn("{}", what);
    remember(what);
  }

  /** The drain reports this at each retry; it is logged and sent once. */
  void stopped(CampaignId campaign, String reason) {
    refused.add(campaign);
    if (stopped.add(campaign)) {
      String what = "the drain of campaign %s has stopped and needs an operator: %s";
      String why = line(reason);
      FAILURES.error("{}", what.formatted(campaign, why));
      remember(what.formatted(campaign, why));
      alarm.raise("Sunchak: " + what.formatted(campaign, ChatText.quote(why)));
    }
  }

  void moved(CampaignId campaign) {
    stopped.remove(campaign);
    refused.remove(campaign);
  }

  private void remember(String what) {
    last = new Trouble(what, clock.instant());
  }

  /** Makes text from outside one line, so that it cannot forge lines of the log. */
  private static String line(String text) {
    String one = text.replaceAll("\\p{Cntrl}+", " ");
    return one.length() <= LONGEST ? one : one.substring(0, LONGEST) + "…";
  }
}
