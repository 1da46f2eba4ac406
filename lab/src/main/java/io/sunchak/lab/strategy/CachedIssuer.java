package io.sunchak.lab.strategy;

import io.sunchak.core.CouponIssuer;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.IssueRequest;
import io.sunchak.lab.cache.LocalCampaigns;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A local cache before another issuer. It never gives a coupon: once all of them are in the ledger,
 * it answers "sold out", or which coupon this user holds, without asking Redis; until then it
 * passes the request on.
 */
public record CachedIssuer(LocalCampaigns local, CouponIssuer next) implements CouponIssuer {
  @Override
  public CompletionStage<IssueOutcome> issue(IssueRequest request) {
    return local
        .answer(request)
        .<CompletionStage<IssueOutcome>>map(CompletableFuture::completedFuture)
        .orElseGet(() -> next.issue(request));
  }
}
