package io.sunchak.core.log;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.Stock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A campaign's keys in Redis, as a resync and config changes write them. Every write is a script
 * that checks the attempt's token (epoch and fence), so that a late attempt changes nothing.
 * Thread-safe, blocking; throws {@link LogException}.
 */
public interface CampaignKeyspace {

  /** The epoch that Redis holds, if it holds one. */
  OptionalLong epoch(CampaignId campaign);

  /**
   * Fences the campaign for the attempt {@code epoch}: from here no node is accepted. Makes the
   * meta hash where it is missing, and clears keys of a wrong type.
   *
   * @return false if Redis holds a higher epoch; nothing was changed
   */
  boolean fence(CampaignId campaign, String ledgerId, long epoch);

  /** Whether the fence is still {@code epoch}'s. */
  boolean isFenced(CampaignId campaign, long epoch);

  /**
   * Hands every (user, sequence) of the issued hash to {@code chunk}, in no order, some perhaps
   * twice.
   */
  void forEachIssued(CampaignId campaign, Consumer<List<Holding>> chunk);

  /** Hands every entry of the log, whatever its epoch, to {@code chunk}, in order. */
  void forEachLogged(CampaignId campaign, Consumer<List<Reservation>> chunk);

  /** Unlinks issued and log. @return false if the fence is not {@code epoch}'s any more */
  boolean clear(CampaignId campaign, long epoch);

  /**
   * Loads holders into the issued hash. @return false if the fence is not {@code epoch}'s any more
   */
  boolean load(CampaignId campaign, long epoch, List<Holding> holders);

  /**
   * Opens: checks that exactly {@code last} holders are loaded, sets the sequence to it, takes
   * {@code config}, lifts the fence. The config is the ledger's, read behind the fence: Redis may
   * hold a newer version only if the ledger went back, and then the ledger's counts.
   *
   * @return false if the fence is not {@code epoch}'s any more or the count differs
   */
  boolean open(CampaignId campaign, long epoch, long last, Campaign config);

  /**
   * Step 2 of a change: gives Redis {@code config}, unless it holds a newer version. The same
   * version is written again: after the ledger went back, it may not be the same config.
   *
   * <p>What was given is given: a stock below it becomes what was given, in the same step, and once
   * coupons were given an opening that lies ahead stays the one that has passed.
   */
  Configured configure(String ledgerId, long epoch, Campaign config);

  /** What came of {@link #configure}. */
  sealed interface Configured {
    /**
     * Redis holds this config, with this stock and this opening: those that were asked for, unless
     * what was given forbids them.
     */
    record Applied(Stock stock, Instant opensAt) implements Configured {}

    /** Redis holds a newer version: another change came between, or the ledger went back. */
    record Newer(long version) implements Configured {}

    /** Nothing was changed: the keys are not this ledger's or not this epoch's. */
    record Disagrees(Disagreement why) implements Configured {}
  }

  /**
   * The meta hash's facts, for showing: how many were given and how long the log is. Empty when
   * missing.
   */
  Optional<Facts> facts(CampaignId campaign);

  /**
   * What the meta hash says.
   *
   * @param sequence the last number given
   * @param backlog reservations in the log
   * @param version of the config that Redis holds
   */
  record Facts(long epoch, long sequence, long backlog, long version) {}

  /** What Redis says this user holds. Empty when nothing. */
  Optional<Held> find(CampaignId campaign, String user);

  /**
   * A user's number, as Redis knows it.
   *
   * @param epoch under which it stood, or an earlier one
   * @param acceptedAt while the reservation is still in the log; the ledger knows it afterwards
   */
  record Held(long epoch, long sequence, Optional<Instant> acceptedAt) {}
}
