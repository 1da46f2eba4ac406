package io.sunchak.server.http;

import io.sunchak.core.IssueOutcome;

/** The stable codes of problems, each with its status and title. Clients decide by the code. */
public enum Code {
  MALFORMED(400, "The request cannot be read"),
  INVALID(400, "A field's value is not allowed"),
  UNAUTHENTICATED(401, "A valid token is needed"),
  FORBIDDEN(403, "This token may not do that"),
  NOT_ELIGIBLE(403, "The campaign is not for this user"),
  CAMPAIGN_NOT_FOUND(404, "There is no such campaign"),
  NOT_ISSUED(404, "This user has no coupon of this campaign"),
  COUPON_NOT_FOUND(404, "There is no such coupon"),
  NOT_FOUND(404, "There is nothing here"),
  METHOD_NOT_ALLOWED(405, "This method is not allowed here"),
  CAMPAIGN_EXISTS(409, "This campaign id was used before"),
  NOT_OPEN(409, "The campaign has not opened yet"),
  PAUSED(409, "The campaign is paused"),
  SOLD_OUT(409, "Every coupon is given"),
  CLOSED(409, "The campaign is closed"),
  ARCHIVED(409, "The campaign is archived; nothing of it changes any more"),
  NOT_CLOSED(409, "The campaign is not closed yet"),
  NOT_SETTLED(409, "The ledger lacks reservations, or keeps failures that nobody has settled"),
  REPLAY_FAILED(409, "The ledger still refuses this reservation"),
  DISCARDED(409, "An operator gave this number up"),
  ALREADY_ISSUED(409, "It is a coupon already"),
  DROP_RUNNING(409, "Another drop is running"),
  BELOW_SEQUENCE(409, "More coupons were given than that"),
  ALREADY_OPENED(409, "Coupons are given already; this cannot change any more"),
  SHORTENS_VALIDITY(409, "Coupons are given already; their validity can only be extended"),
  REDEEMED(409, "Another order has redeemed this coupon"),
  NOT_VALID_YET(409, "The coupon is not valid yet"),
  EXPIRED(409, "The coupon is valid no more"),
  REVOKED(409, "The coupon was revoked"),
  REDEMPTION_CANCELLED(409, "This order's redemption was cancelled"),
  STALE(412, "The campaign was changed by somebody else"),
  TOO_LARGE(413, "The request is too large"),
  IF_MATCH_REQUIRED(428, "Send the version you saw as If-Match"),
  RATE_LIMITED(429, "Too many requests; nothing happened"),
  OVERLOADED(503, "Too many requests wait; nothing happened"),
  REDIS_DOWN(503, "Issuing is not possible at the moment; nothing happened"),
  REBUILDING(503, "The campaign is being verified; nothing happened"),
  BACKLOG_FULL(503, "The ledger lags behind; nothing happened"),
  LEDGER_DOWN(503, "The ledger cannot be reached at the moment"),
  KEYS_UNKNOWN(503, "The identity provider's keys are not known yet; nothing happened"),
  OUTCOME_UNKNOWN(503, "It may have happened; a retry is safe"),
  INTERNAL(500, "A defect of the server");

  private final int status;
  private final String title;

  Code(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /**
   * The only place that names outcomes.
   *
   * @throws IllegalArgumentException for a coupon, which is no problem
   */
  public static Code of(IssueOutcome outcome) {
    return switch (outcome) {
      case IssueOutcome.Held held -> throw new IllegalArgumentException(held.toString());
      case IssueOutcome.NotOpen _ -> NOT_OPEN;
      case IssueOutcome.Paused _ -> PAUSED;
      case IssueOutcome.SoldOut _ -> SOLD_OUT;
      case IssueOutcome.Closed _ -> CLOSED;
      case IssueOutcome.NotEligible _ -> NOT_ELIGIBLE;
      case IssueOutcome.Archived _ -> ARCHIVED;
      case IssueOutcome.CampaignNotFound _ -> CAMPAIGN_NOT_FOUND;
      case IssueOutcome.Unavailable no ->
          switch (no.reason()) {
            case OVERLOADED -> OVERLOADED;
            case REDIS_DOWN -> REDIS_DOWN;
            case REBUILDING -> REBUILDING;
            case BACKLOG_FULL -> BACKLOG_FULL;
          };
      case IssueOutcome.Unknown _ -> OUTCOME_UNKNOWN;
    };
  }

  public int status() {
    return status;
  }

  String title() {
    return title;
  }
}
