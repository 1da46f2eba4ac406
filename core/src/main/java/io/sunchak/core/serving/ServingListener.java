package io.sunchak.core.serving;

import io.sunchak.core.CampaignId;
import io.sunchak.core.resync.ResyncListener;

/**
 * Told what the {@link ServingLoop} does, for metrics, logs and readiness. Called on its threads:
 * must be quick, thread-safe, and must not throw.
 */
public interface ServingListener extends ResyncListener {
  /** Hears nothing. */
  ServingListener NONE = new ServingListener() {};

  /** The campaign's gate was opened on a verified connection. */
  default void onOpened(CampaignId campaign, long epoch) {}

  /** Redis or ledger is set so that an answer would promise more than is kept: nobody is served. */
  default void onUnsafe(String setting) {}

  /** The guards of Redis and ledger were asked, and both are safe. */
  default void onSafe() {}

  /** The campaign could not be verified now; it is tried again. */
  default void onError(CampaignId campaign, RuntimeException error) {}
}
