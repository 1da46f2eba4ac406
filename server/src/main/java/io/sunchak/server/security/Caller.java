package io.sunchak.server.security;

import io.sunchak.core.CampaignId;
import io.sunchak.core.UserId;

/**
 * The caller that a verified token names.
 *
 * @param guest whether this is a guest of the demo, whose identity is not known
 */
public record Caller(UserId user, boolean admin, boolean guest) {
  /**
   * The prefix of the demo's campaign ids. A shop's campaign with this prefix counts as one of the
   * demo.
   */
  private static final String DEMO = "demo-";

  public Caller(UserId user, boolean admin) {
    this(user, admin, false);
  }

  /** Whether this caller may use the campaign. */
  public boolean mayUse(CampaignId campaign) {
    return mayUse(campaign.value());
  }

  boolean mayUse(String campaign) {
    return !guest || campaign.startsWith(DEMO);
  }
}
