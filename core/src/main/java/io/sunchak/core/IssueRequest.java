package io.sunchak.core;

import java.util.function.Predicate;

/**
 * One user's request. The user is the subject of the verified token, never a field of the request.
 *
 * @param meets tells whether what the token says about the user meets a campaign's eligibility;
 *     thread-safe. Asked only for campaigns that have one
 */
public record IssueRequest(CampaignId campaign, UserId user, Predicate<Eligibility> meets) {
  /** A request of a user of whom nothing is known: no eligibility is met. */
  public IssueRequest(CampaignId campaign, UserId user) {
    this(campaign, user, IssueRequest::isUnknown);
  }

  private static boolean isUnknown(Eligibility eligibility) {
    return false;
  }
}
