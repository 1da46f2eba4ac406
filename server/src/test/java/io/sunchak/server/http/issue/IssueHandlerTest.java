package io.sunchak.server.http.issue;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.UserId;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.server.campaigns.Discards;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.direct.DirectAnswer;
import io.sunchak.server.http.direct.DirectCall;
import io.sunchak.server.http.direct.DirectRequest;
import io.sunchak.server.http.direct.ProblemAnswer;
import io.sunchak.server.limits.Proxies;
import io.sunchak.server.limits.Rate;
import io.sunchak.server.limits.RequestLimits;
import io.sunchak.server.observe.IssueMetrics;
import io.sunchak.server.security.Caller;
import io.sunchak.server.security.TokenResult;
import io.sunchak.server.security.TokenVerifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Each call to issue is counted once, by what it was answered, whatever went wrong. */
class IssueHandlerTest {
  private static final String PATH = "/api/v1/campaigns/c1/issues";
  private static final Rate TWO = new Rate(2, 1);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<DirectAnswer> answers = new ArrayList<>();

  @Test
  void a_decision_is_timed() {
    call(handler(() -> CompletableFuture.completedStage(new IssueOutcome.SoldOut())), "ann", false);

    assertThat(timed("SOLD_OUT")).isOne();
    assertThat(counted()).isOne();
  }

  @Test
  void a_defect_is_counted_as_one_and_answered_as_unknown() {
    IssueHandler thrown =
        handler(() -> {
          throw new IllegalStateException("a defect");
        });
    call(thrown, "ann", false);
    assertThat(timed("INTERNAL")).isOne();

    call(handler(() -> CompletableFuture.failedStage(new Exception("late"))), "ann", false);
    assertThat(timed("INTERNAL")).isEqualTo(2);

    assertThat(counted()).isEqualTo(2);
    assertThat(answers)
        .extracting(a -> ((ProblemAnswer) a).code())
        .containsOnly(Code.OUTCOME_UNKNOWN);
  }

  @Test
  void a_defect_before_the_issuer_is_counted_too() {
    call(handler(CompletableFuture::new), "defect", false);

    assertThat(timed("INTERNAL")).isOne();
  }

  @Test
  void what_is_answered_before_the_issuer_is_counted_without_its_time() {
    IssueHandler handler = handler(CompletableFuture::new);
    call(handler, "no user", false);
    call(handler, "later", false);
    call(handler, "ann", true);
    handler.refuseBody();
    call(handler, "ann", true);
    call(handler, "ann", false);

    assertThat(rejected("UNAUTHENTICATED")).isOne();
    assertThat(rejected("KEYS_UNKNOWN")).isOne();
    assertThat(rejected("MALFORMED")).isEqualTo(3);
    assertThat(rejected("RATE_LIMITED")).isOne();
    assertThat(counted()).isEqualTo(6);
  }

  private IssueHandler handler(Supplier<CompletionStage<IssueOutcome>> issuer) {
    Rate many = new Rate(1_000, 1_000);
    Proxies none = new Proxies(List.of(), Proxies.Header.X_FORWARDED_FOR);
    return new IssueHandler(
        request -> issuer.get(),
        tokens(),
        new RequestLimits(new RequestLimits.Rates(many, TWO, TWO), none, new SimpleMeterRegistry()),
        new CommitWatch(NoCoupons.rows(), false, LoopListener.NONE),
        new NoCoupons(),
        new Discards(new NoDiscards(), 1, LoopListener.NONE),
        new IssueMetrics(registry),
        InstantSource.fixed(Instant.EPOCH));
  }

  private static TokenVerifier tokens() {
    return token -> {
      if (token.equals("defect")) {
        throw new IllegalStateException("a defect");
      }
      if (token.equals("later")) {
        return new TokenResult.Later(CompletableFuture.completedStage(new TokenResult.Undecided()));
      }
      return UserId.isValid(token)
          ? new TokenResult.Accepted(new Caller(new UserId(token)))
          : new TokenResult.Refused("it is no user's name");
    };
  }

  private void call(IssueHandler handler, String token, boolean body) {
    handler.answer(
        new DirectCall.Exchange(
            new Request("Bearer " + token), body, null, Runnable::run, answers::add));
  }

  private record Request(String authorization) implements DirectRequest {
    @Override
    public String method() {
      return "POST";
    }

    @Override
    public String target() {
      return PATH;
    }

    @Override
    public boolean announcesBody() {
      return false;
    }

    @Override
    public List<String> headers(String name) {
      return name.equals("authorization") ? List.of(authorization) : List.of();
    }
  }

  private long timed(String outcome) {
    return registry.get("sunchak.issue").tag("outcome", outcome).timer().count();
  }

  private double rejected(String outcome) {
    return registry.get("sunchak.issue.rejected").tag("outcome", outcome).counter().count();
  }

  /** By both meters. */
  private double counted() {
    double timed = registry.find("sunchak.issue").timers().stream().mapToLong(t -> t.count()).sum();
    return timed
        + registry.find("sunchak.issue.rejected").counters().stream()
            .mapToDouble(c -> c.count())
            .sum();
  }
}
