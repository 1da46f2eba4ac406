package io.sunchak.core.ledger;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The campaigns as the ledger keeps them. Thread-safe, blocking. Every method throws {@link
 * LedgerException} when it fails.
 */
public interface CampaignLedger {

  /**
   * Stores a new campaign with version 1, epoch 0 and {@code rebuilding}: it is not served before
   * its first resync.
   *
   * @return false if the id was ever used
   */
  boolean create(Campaign campaign);

  Optional<Campaign> find(CampaignId id);

  /** The campaigns after {@code after}, in order of id. */
  List<Campaign> page(@Nullable CampaignId after, int limit);

  /** As {@link #page}, with each campaign's progress. */
  List<Progress> progress(@Nullable CampaignId after, int limit);

  /**
   * The campaigns after {@code after} that are not over, in order of id. Campaigns that are over
   * cost nothing, however many there are.
   */
  List<Progress> living(@Nullable CampaignId after, int limit);

  /**
   * Marks these campaigns as over: they are closed and drained, and Redis knows it. A campaign that
   * has another version by now is not marked; a later change removes the mark.
   */
  void end(Collection<Campaign> over);

  /** Which of these ids are campaigns. */
  Set<CampaignId> known(Collection<CampaignId> ids);

  Optional<LedgerHead> head(CampaignId id);

  /**
   * Step 1 of a change: stores {@code changed} under {@code expectedVersion + 1} and sets max_seq
   * to the greater of the old and the new stock, so that the ledger accepts everything that Redis
   * may give in between.
   *
   * @return the stored campaign with its new version; empty if the version is no longer {@code
   *     expectedVersion}, or the campaign is archived
   */
  Optional<Campaign> change(long expectedVersion, Campaign changed);

  /**
   * The cursor, if rows and settled failures are exactly 1 to it. Empty if a failure waits for an
   * operator, or a number is neither.
   */
  OptionalLong settled(CampaignId id);

  /**
   * Marks the campaign as archived and as over, under a further version; a resync that has begun is
   * void, since Redis refuses it. Nothing changes it any more.
   *
   * @return empty if it is archived already, or does not exist
   */
  Optional<Campaign> archive(CampaignId id);

  /**
   * The campaigns after {@code after} that are not archived and whose window ended at {@code end}
   * or earlier, in order of that and of id. None costs next to nothing, however many campaigns
   * there are.
   */
  List<Campaign> due(Instant end, @Nullable Campaign after, int limit);

  /**
   * Step 3 of a change: sets max_seq to the stock if the campaign's version is still {@code
   * version}.
   */
  void settle(CampaignId id, long version);
}
