package io.sunchak.server.security;

import io.sunchak.core.CampaignId;
import io.sunchak.core.UserId;
import java.util.Set;

/**
 * The caller that a verified token names.
 *
 * @param guest whether this is a guest of the demo, whose identity is not known
 */
public record Caller(UserId user, Set<Role> roles, boolean guest) {
  /**
   * The prefix of the demo's campaign ids. A shop's campaign with this prefix counts as one of the
   * demo.
   */
  private static final String DEMO = "demo-";

  public Caller(UserId user, Role... roles) {
    this(user, Set.of(roles), false);
  }

  /** Whether this is one of the shop's own people, who look after the server. */
  public boolean isStaff() {
    return roles.contains(Role.ADMIN)
        || roles.contains(Role.OPERATOR)
        || roles.contains(Role.VIEWER);
  }

  /** Whether this is a program of the shop that redeems for all of its customers. */
  public boolean isRedeemer() {
    return roles.contains(Role.REDEEMER);
  }

  /** Whether this caller may use the campaign. */
  public boolean mayUse(CampaignId campaign) {
    return mayUse(campaign.value());
  }

  boolean mayUse(String campaign) {
    return !guest || campaign.startsWith(DEMO);
  }
}
