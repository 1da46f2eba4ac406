package io.sunchak.core;

/**
 * What the operator decided about a campaign. The state that is shown (scheduled, sold out, …) is
 * derived from it, the window and the stock.
 */
public enum CampaignState {
  ACTIVE,
  PAUSED,
  /** Final: a closed campaign is never opened again. */
  CLOSED,
  /** Closed, and Redis holds its holders no more: the ledger answers for it. Final. */
  ARCHIVED
}
