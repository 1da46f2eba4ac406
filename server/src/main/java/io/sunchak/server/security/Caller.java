package io.sunchak.server.security;

import io.sunchak.core.CampaignId;
import io.sunchak.core.UserId;

/**
 * Whom a verified token names.
 *
 * @param guest of the demo: the token was given to somebody whom nobody knows
 */
public record Caller(UserId user, boolean admin, boolean guest) {
  /** Of every id that a demo's campaign has; a shop's own may begin so too, and is then one. */
  private static final String DEMO = "demo-";

  public Caller(UserId user, boolean admin) {
    this(user, admin, false);
  }

  /** Whether this caller may have anything to do with the campaign. */
  public boolean mayUse(CampaignId campaign) {
    return mayUse(campaign.value());
  }

  boolean mayUse(String campaign) {
    return !guest || campaign.startsWith(DEMO);
  }
}
