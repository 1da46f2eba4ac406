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
 * A campaign's keys in Redis, as resyncs and config changes write them. Every write is a script
 * that checks epoch and fence, so that an attempt that was overtaken changes nothing. Thread-safe,
 * blocking; throws {@link LogException}.
 */
public interface CampaignKeyspace {

  /** The epoch in Redis, if there is one. */
  OptionalLong epoch(CampaignId campaign);

  /**
   * Fences the campaign for the attempt {@code epoch}: from then on the script refuses every node.
   * Creates the meta hash if it is missing, and deletes keys of a wrong type.
   *
   * @return false if Redis holds a higher epoch; nothing was changed
   */
  boolean fence(CampaignId campaign, String ledgerId, long epoch);

  /** Whether the fence is still {@code epoch}'s. */
  boolean isFenced(CampaignId campaign, long epoch);

  /**
   * Passes every (user, sequence) of the issued hash to {@code chunk}, in no order, some perhaps
   * twice.
   */
  void forEachIssued(CampaignId campaign, Consumer<List<Holding>> chunk);

  /** Passes every entry of the log, of any epoch, to {@code chunk}, in order. */
  void forEachLogged(CampaignId campaign, Consumer<List<Reservation>> chunk);

  /**
   * Deletes the issued hash and the log.
   *
   * @return false if the fence is no longer {@code epoch}'s
   */
  boolean clear(CampaignId campaign, long epoch);

  /**
   * Loads holders into the issued hash.
   *
   * @return false if the fence is no longer {@code epoch}'s
   */
  boolean load(CampaignId campaign, long epoch, List<Holding> holders);

  /**
   * Opens the campaign: checks that exactly {@code last} holders are loaded, sets the sequence to
   * {@code last}, writes {@code config}, whatever version Redis holds, and removes the fence. The
   * config was read from the ledger after the fence was set.
   *
   * @return false if the fence is no longer {@code epoch}'s or the count differs
   */
  boolean open(CampaignId campaign, long epoch, long last, Campaign config);

  /**
   * Step 2 of a change: writes {@code config} into Redis unless Redis holds a newer version. The
   * same version is written again, because after a restore of the ledger it may mean another
   * config.
   *
   * <p>Coupons that were given stay given: in the same step a stock below their number becomes
   * their number, and an opening in the future is ignored once coupons were given.
   */
  Configured configure(String ledgerId, long epoch, Campaign config);

  /**
   * The config that Redis holds, as a version of {@code known}; Redis has no names. Empty if there
   * is none, or if the keys belong to another ledger.
   */
  Optional<Campaign> config(String ledgerId, Campaign known);

  /** The outcome of {@link #configure}. */
  sealed interface Configured {
    /**
     * Redis holds this config. Its stock and opening are the requested ones, unless coupons already
     * given forbid them.
     */
    record Applied(Stock stock, Instant opensAt) implements Configured {}

    /** Redis holds a newer version: another change came in between, or the ledger was restored. */
    record Newer(long version) implements Configured {}

    /** Nothing was changed: the keys belong to another ledger or another epoch. */
    record Disagrees(Disagreement why) implements Configured {}
  }

  /**
   * Archives the campaign in Redis: deletes the issued hash and the log, if the campaign is closed
   * and the ledger has every reservation. If it is archived already, deletes them again.
   *
   * @param version of the config that the caller has read
   * @param settled the ledger's rows and settled failures, which are 1 to this number
   */
  Archived archive(String ledgerId, long epoch, long version, long settled, CampaignId campaign);

  /**
   * The outcome of {@link #archive}. Each constant but the first one means: nothing was changed.
   */
  enum Archived {
    ARCHIVED,
    /** A key or a field is missing or malformed. */
    UNINITIALIZED,
    /** The keys belong to another ledger or another epoch. */
    EPOCH,
    /** A resync is under way. */
    REBUILDING,
    /** Redis holds another version of the config than the caller has read. */
    NEWER,
    /** The campaign may still accept somebody. */
    NOT_CLOSED,
    /** Redis lacks something that the ledger has. */
    ROLLED_BACK,
    /** The ledger lacks something that Redis has. */
    UNDRAINED
  }

  /** Whether Redis knows the campaign as archived. */
  boolean isArchived(CampaignId campaign);

  /**
   * Tells Redis that the ledger knows the campaign as archived: a Redis that was wiped has
   * forgotten it, and an older copy may hold its holders again.
   */
  void markArchived(CampaignId campaign);

  /**
   * The facts in the meta hash, for display: how many coupons were given and how long the log is.
   * Empty if the hash is missing.
   */
  Optional<Facts> facts(CampaignId campaign);

  /**
   * The facts in the meta hash.
   *
   * @param sequence the last number given
   * @param backlog reservations in the log
   * @param version of the config that Redis holds
   */
  record Facts(long epoch, long sequence, long backlog, long version) {}

  /** The number that this user holds in Redis, if any. */
  Optional<Held> find(CampaignId campaign, String user);

  /**
   * A user's number in Redis.
   *
   * @param epoch the epoch of the keys; the number may have been given in an earlier one
   * @param acceptedAt known while the reservation is still in the log; afterwards the ledger has it
   */
  record Held(long epoch, long sequence, Optional<Instant> acceptedAt) {}
}
