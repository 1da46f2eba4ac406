package io.sunchak.lab.web;

/** The product's problem codes, as far as the lab needs them. */
enum Code {
  MALFORMED(400, "The request cannot be read"),
  INVALID(400, "A field's value is not allowed"),
  UNAUTHENTICATED(401, "Say who you are as X-User-Id"),
  CAMPAIGN_NOT_FOUND(404, "There is no such campaign"),
  NOT_ISSUED(404, "This user has no coupon of this campaign"),
  NOT_FOUND(404, "There is nothing here"),
  METHOD_NOT_ALLOWED(405, "This method is not allowed here"),
  CAMPAIGN_EXISTS(409, "This campaign id was used before"),
  NOT_OPEN(409, "The campaign has not opened yet"),
  PAUSED(409, "The campaign is paused"),
  SOLD_OUT(409, "Every coupon is given"),
  CLOSED(409, "The campaign is closed"),
  REPLAY_FAILED(409, "It failed again and is kept"),
  TOO_LARGE(413, "The request is too large"),
  OVERLOADED(503, "Too many requests wait; nothing happened"),
  REDIS_DOWN(503, "Issuing is not possible at the moment; nothing happened"),
  REBUILDING(503, "The campaign cannot be read at the moment; nothing happened"),
  BACKLOG_FULL(503, "The ledger lags behind; nothing happened"),
  LEDGER_DOWN(503, "The ledger cannot be reached at the moment"),
  OUTCOME_UNKNOWN(503, "It may have happened; try again, it is safe"),
  INTERNAL(500, "A defect of the server");

  private final int status;
  private final String title;

  Code(int status, String title) {
    this.status = status;
    this.title = title;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }
}
