package io.sunchak.core;

/**
 * What the operator decided about a campaign. What is shown (scheduled, sold out, …) is derived
 * from it, window and stock.
 */
public enum CampaignState {
  ACTIVE,
  PAUSED,
  /** Final: a closed campaign is never opened again. */
  CLOSED
}
