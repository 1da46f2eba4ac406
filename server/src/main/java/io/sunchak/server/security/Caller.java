package io.sunchak.server.security;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Eligibility;
import io.sunchak.core.UserId;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The caller that a verified token names.
 *
 * @param guest whether this is a guest of the demo, whose identity is not known
 * @param claims tells whether the token's claims meet an eligibility
 */
public record Caller(UserId user, Set<Role> roles, boolean guest, Predicate<Eligibility> claims) {
  /**
   * The prefix of the demo's campaign ids. A shop's campaign with this prefix counts as one of the
   * demo.
   */
  private static final String DEMO = "demo-";

  /** A caller whose token has no other claims. */
  public Caller(UserId user, Role... roles) {
    this(user, Set.of(roles), false, Caller::isUnknown);
  }

  private static boolean isUnknown(Eligibility eligibility) {
    return false;
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
