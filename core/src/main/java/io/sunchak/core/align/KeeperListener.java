package io.sunchak.core.align;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.Drift;
import java.util.List;

/**
 * Told what the keeper does, for metrics, logs and readiness. Called on the keeper's threads: must
 * be quick, thread-safe, and must not throw.
 */
public interface KeeperListener {
  /** Hears nothing. */
  KeeperListener NONE = new KeeperListener() {};

  /** The campaign's gate was opened on a verified connection. */
  default void onOpened(CampaignId campaign, long epoch) {}

  /**
   * An align found this and settled it in the ledger. Told at once: should the attempt fail after
   * it, the next one finds none of it.
   */
  default void onSettled(CampaignId campaign, long epoch, List<Drift> drift) {}

  /** An align ended well. */
  default void onAligned(CampaignId campaign, Align.Aligned aligned) {}

  /** Redis or ledger is set so that an answer would promise more than is kept: nobody is served. */
  default void onUnsafe(String setting) {}

  /** The guards of Redis and ledger were asked, and both are safe. */
  default void onSafe() {}

  /** The campaign could not be verified now; it is tried again. */
  default void onError(CampaignId campaign, RuntimeException error) {}
}
