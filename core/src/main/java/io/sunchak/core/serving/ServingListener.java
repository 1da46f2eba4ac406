package io.sunchak.core.serving;

import io.sunchak.core.CampaignId;
import io.sunchak.core.resync.ResyncListener;

/**
 * Receives the events of the {@link ServingLoop}, for metrics, logs and readiness. Called on its
 * threads, so an implementation must be fast and thread-safe and must not throw.
 */
public interface ServingListener extends ResyncListener {
  /** Ignores all events. */
  ServingListener NONE = new ServingListener() {};

  /** The campaign's gate was opened on a verified connection. */
  default void onOpened(CampaignId campaign) {}

  /** A setting of Redis or the ledger is unsafe, so no campaign is served. */
  default void onUnsafe(String setting) {}

  /** The settings of Redis and the ledger were checked, and both are safe. */
  default void onSafe() {}

  /** The campaign could not be verified now; the check is retried. */
  default void onError(CampaignId campaign, RuntimeException error) {}
}
