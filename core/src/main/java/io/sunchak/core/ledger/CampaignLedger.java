package io.sunchak.core.ledger;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The campaigns as the ledger keeps them. Thread-safe, blocking. Every method throws {@link
 * LedgerException} when it fails.
 */
public interface CampaignLedger {

  /**
   * Stores a new campaign with version 1, epoch 0 and {@code rebuilding}: it serves nobody before
   * the first resync.
   *
   * @return false if the id was ever used
   */
  boolean create(Campaign campaign);

  Optional<Campaign> find(CampaignId id);

  /** In order of id, those after {@code after}. */
  List<Campaign> page(@Nullable CampaignId after, int limit);

  /** As {@link #page}, with how far each is. */
  List<Progress> progress(@Nullable CampaignId after, int limit);

  /**
   * Those that are not over, in order of id, those after {@code after}: however many are over, they
   * cost nothing.
   */
  List<Progress> living(@Nullable CampaignId after, int limit);

  /**
   * Nothing more comes of these: closed, drained, and Redis knows. Who has another version by now
   * is left as it is; a change brings a campaign back to life.
   */
  void end(Collection<Campaign> over);

  /** Which of these ids are campaigns. */
  Set<CampaignId> known(Collection<CampaignId> ids);

  Optional<LedgerHead> head(CampaignId id);

  /**
   * Step 1 of a change: stores {@code changed} under {@code expectedVersion + 1} and lifts max_seq
   * to the greater of the old and new stock, so that the ledger accepts whatever Redis may hand out
   * in between.
   *
   * @return the stored campaign with its new version; empty if the version is not {@code
   *     expectedVersion} any more
   */
  Optional<Campaign> change(long expectedVersion, Campaign changed);

  /**
   * Step 3 of a change: sets the max sequence to the stock, if {@code version} is still the
   * campaign's.
   */
  void settle(CampaignId id, long version);
}
