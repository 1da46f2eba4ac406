package io.sunchak.server.http.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.sunchak.core.CouponIssuer;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.UserId;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.server.campaigns.Discards;
import io.sunchak.server.http.issue.CommitWatch;
import io.sunchak.server.http.issue.IssueHandler;
import io.sunchak.server.http.issue.NoCoupons;
import io.sunchak.server.http.issue.NoDiscards;
import io.sunchak.server.limits.Proxies;
import io.sunchak.server.limits.Rate;
import io.sunchak.server.limits.RequestLimits;
import io.sunchak.server.observe.IssueMetrics;
import io.sunchak.server.security.Caller;
import io.sunchak.server.security.TokenResult;
import io.sunchak.server.security.TokenVerifier;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DirectChannelTest {
  private static final String ISSUES = "/api/v1/campaigns/c1/issues";

  /** Issues that wait for the test to decide them, in order of arrival. */
  private final ArrayDeque<CompletableFuture<IssueOutcome>> undecided = new ArrayDeque<>();

  private final LongAdder inFlight = new LongAdder();
  private final AtomicInteger reads = new AtomicInteger();
  private final List<String> passedOn = new ArrayList<>();
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new ChannelOutboundHandlerAdapter() {
            @Override
            public void read(ChannelHandlerContext context) {
              reads.incrementAndGet();
              context.read();
            }
          },
          new DirectChannel(List.of(handler()), Runnable::run, inFlight),
          new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
              if (message instanceof HttpRequest request) {
                passedOn.add(request.uri());
              }
              ReferenceCountUtil.release(message);
            }
          });

  private IssueHandler handler() {
    CouponIssuer issuer =
        request -> {
          CompletableFuture<IssueOutcome> outcome = new CompletableFuture<>();
          undecided.add(outcome);
          return outcome;
        };
    TokenVerifier tokens =
        token ->
            UserId.isValid(token)
                ? new TokenResult.Accepted(new Caller(new UserId(token)))
                : new TokenResult.Refused("it is no user's name");
    return new IssueHandler(
        issuer,
        tokens,
        limits(),
        new CommitWatch(NoCoupons.rows(), false, LoopListener.NONE),
        new NoCoupons(),
        new Discards(new NoDiscards(), 1, LoopListener.NONE),
        new IssueMetrics(new SimpleMeterRegistry()),
        InstantSource.fixed(Instant.EPOCH));
  }

  private static RequestLimits limits() {
    Rate rate = new Rate(1_000, 1_000);
    Proxies none = new Proxies(List.of(), Proxies.Header.X_FORWARDED_FOR);
    return new RequestLimits(
        new RequestLimits.Rates(rate, rate, rate), none, new SimpleMeterRegistry());
  }

  @AfterEach
  void nothing_is_left_in_flight() {
    channel.finishAndReleaseAll();
    assertThat(inFlight.sum()).isZero();
  }

  @Test
  void an_issue_is_answered_without_going_on() {
    send(issue("ann"));

    decide(new IssueOutcome.Accepted(7, Instant.EPOCH));

    assertThat(answer())
        .isEqualTo(
            "202 {\"campaignId\":\"c1\",\"userId\":\"ann\",\"sequence\":7,\"state\":\"ACCEPTED\","
                + "\"acceptedAt\":\"1970-01-01T00:00:00Z\"}");
    assertThat(passedOn).isEmpty();
  }

  /** The other side would end the connection by the last one's wish. */
  @Test
  void the_other_side_gets_a_request_when_it_has_answered_the_one_before() {
    send(request(HttpMethod.GET, "/one", null));
    send(request(HttpMethod.GET, "/two", null));
    assertThat(passedOn).containsExactly("/one");

    answerOfTheOtherSide();

    assertThat(passedOn).containsExactly("/one", "/two");
  }

  @Test
  void every_other_call_goes_on() {
    send(request(HttpMethod.GET, ISSUES, null));
    answerOfTheOtherSide();
    send(request(HttpMethod.POST, "/api/v1/campaigns/c1/issues/me", null));
    answerOfTheOtherSide();
    send(request(HttpMethod.POST, "/api/v1/campaigns//issues", null));
    answerOfTheOtherSide();
    send(request(HttpMethod.POST, "/api/v1/campaigns/a/b/issues", null));
    answerOfTheOtherSide();
    send(request(HttpMethod.POST, "x?of=http://h" + ISSUES, null));
    answerOfTheOtherSide();
    send(request(HttpMethod.POST, "http://h?of=" + ISSUES, null));
    answerOfTheOtherSide();

    assertThat(passedOn)
        .containsExactly(
            ISSUES,
            "/api/v1/campaigns/c1/issues/me",
            "/api/v1/campaigns//issues",
            "/api/v1/campaigns/a/b/issues",
            "x?of=http://h" + ISSUES,
            "http://h?of=" + ISSUES);
    assertThat(undecided).isEmpty();
  }

  @Test
  void pipelined_issues_are_decided_one_after_the_other() {
    send(issue("ann"));
    send(issue("bob"));
    assertThat(undecided).hasSize(1);

    decide(new IssueOutcome.Accepted(1, Instant.EPOCH));
    assertThat(undecided).hasSize(1);
    decide(new IssueOutcome.Accepted(2, Instant.EPOCH));

    assertThat(answer()).contains("ann", "\"sequence\":1");
    assertThat(answer()).contains("bob", "\"sequence\":2");
  }

  @Test
  void an_issue_waits_for_the_answer_to_an_earlier_call() {
    send(request(HttpMethod.GET, "/api/v1/campaigns", null));
    send(issue("ann"));
    assertThat(undecided).isEmpty();

    answerOfTheOtherSide();
    decide(new IssueOutcome.SoldOut());

    assertThat(answer()).startsWith("200");
    assertThat(answer()).startsWith("409").contains("SOLD_OUT");
  }

  @Test
  void another_call_waits_for_the_answer_to_an_issue() {
    send(issue("ann"));
    send(request(HttpMethod.GET, "/api/v1/campaigns", null));
    assertThat(passedOn).isEmpty();

    decide(new IssueOutcome.SoldOut());

    assertThat(passedOn).containsExactly("/api/v1/campaigns");
  }

  @Test
  void a_thousand_pipelined_refusals_do_not_deepen_the_stack() {
    for (int i = 0; i < 1_000; i++) {
      send(request(HttpMethod.POST, ISSUES, null));
    }

    for (int i = 0; i < 1_000; i++) {
      assertThat(answer()).startsWith("401");
    }
  }

  @Test
  void a_body_is_refused_and_thrown_away_and_the_connection_goes_on() {
    HttpRequest withBody = issue("ann");
    withBody.headers().set("content-length", "6");
    channel.writeInbound(withBody);
    channel.writeInbound(content("abc"));
    channel.writeInbound(content("def"), LastHttpContent.EMPTY_LAST_CONTENT);
    assertThat(answer()).startsWith("400").contains("MALFORMED");

    send(issue("bob"));
    decide(new IssueOutcome.SoldOut());
    assertThat(answer()).startsWith("409");
  }

  /** Reads end after each answer unless somebody asks for the next one. */
  @Test
  void every_read_that_brought_part_of_an_issue_is_followed_by_another() {
    channel.config().setAutoRead(false);
    HttpRequest withBody = issue("ann");
    withBody.headers().set("content-length", "3");
    for (Object part : List.of(withBody, content("ab"), last("c"))) {
      reads.set(0);
      channel.writeInbound(part);
      assertThat(reads).as(part.toString()).hasPositiveValue();
    }
    assertThat(answer()).startsWith("400");

    reads.set(0);
    send(issue("bob"));
    decide(new IssueOutcome.SoldOut());
    assertThat(reads).hasPositiveValue();
    assertThat(answer()).startsWith("409");
  }

  @Test
  void an_issue_is_not_decided_before_it_has_come_whole() {
    channel.writeInbound(issue("ann"));
    assertThat(undecided).isEmpty();

    channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
    decide(new IssueOutcome.SoldOut());
    assertThat(answer()).startsWith("409");
  }

  @Test
  void a_broken_end_is_refused_and_the_connection_ends() {
    channel.writeInbound(issue("ann"));
    LastHttpContent broken = last("");
    broken.setDecoderResult(DecoderResult.failure(new IllegalStateException("planted")));
    channel.writeInbound(broken);

    assertThat(answer()).startsWith("400");
    assertThat(undecided).isEmpty();
    assertThat(channel.isOpen()).isFalse();
  }

  private static DefaultHttpContent content(String text) {
    return new DefaultHttpContent(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }

  private static LastHttpContent last(String text) {
    return new DefaultLastHttpContent(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }

  @Test
  void a_connection_closed_meanwhile_ends_after_the_answer() {
    send(issue("ann"));

    var closed = channel.close();
    assertThat(channel.isOpen()).isTrue();
    decide(new IssueOutcome.Accepted(1, Instant.EPOCH));

    assertThat(answer()).startsWith("202");
    assertThat(closed.isDone()).isTrue();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void a_client_that_asks_for_it_gets_its_connection_closed() {
    HttpRequest last = issue("ann");
    last.headers().set("connection", "close");
    send(last);

    decide(new IssueOutcome.SoldOut());

    assertThat(answer()).startsWith("409");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void a_defect_is_an_unknown_outcome() {
    send(issue("ann"));

    undecided.remove().completeExceptionally(new IllegalStateException("planted"));
    channel.runPendingTasks();

    assertThat(answer()).startsWith("503").contains("OUTCOME_UNKNOWN");
  }

  @Test
  void an_answer_that_comes_too_late_harms_nobody() {
    send(issue("ann"));
    var _ = channel.disconnect();

    decide(new IssueOutcome.Accepted(1, Instant.EPOCH));
  }

  private static HttpRequest issue(String user) {
    return request(HttpMethod.POST, ISSUES, user);
  }

  private static HttpRequest request(HttpMethod method, String uri, @Nullable String user) {
    HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, uri);
    if (user != null) {
      request.headers().set("authorization", "Bearer " + user);
    }
    return request;
  }

  private void send(HttpRequest request) {
    channel.writeInbound(request, LastHttpContent.EMPTY_LAST_CONTENT);
  }

  private void decide(IssueOutcome outcome) {
    undecided.remove().complete(outcome);
    channel.runPendingTasks();
  }

  /** Written, and then asked for more, as WebFlux does when it is done. */
  private void answerOfTheOtherSide() {
    channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    channel.read();
    channel.runPendingTasks();
  }

  private String answer() {
    FullHttpResponse response = channel.readOutbound();
    assertThat(response).isNotNull();
    String text =
        response.status().code() + " " + response.content().toString(StandardCharsets.UTF_8);
    response.release();
    return text;
  }
}
