package io.sunchak.server.http.admin;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.CouponLedger.Failure;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.Problem;
import io.sunchak.server.http.ProblemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.reactive.function.server.ServerRequest;

/** A failure's id in the API: {@code <campaignId>:<sequence>}. */
record FailureId(CampaignId campaign, long sequence) {
  private static final Pattern FORM = Pattern.compile("([a-z0-9-]{1,64}):([1-9][0-9]{0,17})");

  /** Parses the path variable; an id that no failure can have is not found. */
  static FailureId of(ServerRequest request) {
    Matcher parts = FORM.matcher(request.pathVariable("id"));
    if (!parts.matches() || !CampaignId.isValid(parts.group(1))) {
      throw new ProblemException(Problem.of(Code.NOT_FOUND));
    }
    return new FailureId(new CampaignId(parts.group(1)), Long.parseLong(parts.group(2)));
  }

  static FailureId of(Failure failure) {
    return new FailureId(failure.campaign(), failure.sequence());
  }

  @Override
  public String toString() {
    return campaign + ":" + sequence;
  }
}
