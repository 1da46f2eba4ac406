package io.sunchak.server.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.ReferenceCountUtil;
import io.sunchak.server.http.Code;
import io.sunchak.server.http.Cors;
import io.sunchak.server.http.direct.DirectAnswer;
import io.sunchak.server.http.direct.DirectCall;
import io.sunchak.server.http.direct.DirectChannel;
import io.sunchak.server.http.direct.DirectChannels;
import io.sunchak.server.http.direct.DirectRequest;
import io.sunchak.server.http.direct.ProblemAnswer;
import io.sunchak.server.limits.ConnectionLimits;
import io.sunchak.server.limits.Proxies;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.NettyPipeline;

/** One connection with all its handlers, whose calls wait until the test answers them. */
final class CodecBypassTest {
  private static final String PLAIN = "POST /issues HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String ODD = "POST /issues HTTP/1.1\r\nHost:  a\r\n\r\n";
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final ArrayDeque<DirectCall.Exchange> undecided = new ArrayDeque<>();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private int reads;
  private int decoded;

  CodecBypassTest() {
    channel.freezeTime();
    channel.pipeline().addLast(NettyPipeline.HttpCodec, new HttpServerCodec());
    channel
        .pipeline()
        .addLast(NettyPipeline.HttpTrafficHandler, new ChannelInboundHandlerAdapter());
    Proxies none = new Proxies(List.of(), Proxies.Header.X_FORWARDED_FOR);
    new ConnectionHandlers(
            new Cors(Set.of()),
            LIMIT,
            new ConnectionLimits(10, 10, none, new SimpleMeterRegistry()))
        .prepare(
            channel,
            new DirectChannels(List.of(new Waiting()), LIMIT, Duration.ofMinutes(1))
                .prepare(channel));
    channel
        .pipeline()
        .addFirst(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void read(ChannelHandlerContext context) {
                reads++;
                context.read();
              }
            })
        .addAfter(
            NettyPipeline.HttpCodec,
            "test.decoded",
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext context, Object message) {
                decoded++;
                context.fireChannelRead(message);
              }
            });
  }

  private final class Waiting implements DirectCall {
    @Override
    public boolean takes(DirectRequest request) {
      return request.target().equals("/issues");
    }

    @Override
    public void answer(Exchange exchange) {
      undecided.add(exchange);
    }

    @Override
    public DirectAnswer refuseBody() {
      return ProblemAnswer.of(Code.MALFORMED);
    }
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void a_plain_request_is_answered_past_the_codec() {
    hear(PLAIN);
    assertThat(decoded).isZero();
    decide();

    assertThat(said()).startsWith("HTTP/1.1 409 Conflict\r\n").endsWith("}");
    hear(PLAIN);
    assertThat(decoded).isZero();
    assertThat(undecided).hasSize(1);
  }

  @Test
  void any_other_request_passes_the_codec_and_is_answered_with_the_same_bytes() {
    hear(PLAIN);
    decide();
    String past = said();
    hear(ODD);
    assertThat(decoded).isPositive();
    decide();

    assertThat(said()).isEqualTo(past);
  }

  @Test
  void a_request_that_comes_meanwhile_waits_for_its_turn() {
    hear(PLAIN);
    hear(PLAIN);
    assertThat(undecided).hasSize(1);
    decide();

    assertThat(undecided).hasSize(1);
    decide();
    assertThat(said().split("HTTP/1.1 409", -1)).hasSize(3);
  }

  /** Nothing more is read from a client that does not take its answers. */
  @Test
  void a_client_that_takes_no_answers_gets_no_further_request_decided() {
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 2));
    var _ =
        channel
            .pipeline()
            .firstContext()
            .write(Unpooled.copiedBuffer("untaken", StandardCharsets.US_ASCII));
    assertThat(channel.isWritable()).isFalse();

    hear(PLAIN);
    assertThat(undecided).isEmpty();
    channel.flush();
    channel.runPendingTasks();
    assertThat(undecided).hasSize(1);
  }

  @Test
  void every_read_that_brought_a_request_is_followed_by_another() {
    channel.config().setAutoRead(false);
    for (int i = 0; i < 3; i++) {
      reads = 0;
      hear(PLAIN);
      assertThat(reads).isPositive();
      decide();
    }
  }

  @Test
  void a_connection_closed_meanwhile_ends_after_the_answer() {
    hear(PLAIN);
    var closed = channel.close();
    assertThat(channel.isOpen()).isTrue();
    decide();

    assertThat(said()).contains("409").contains("connection: close\r\n");
    assertThat(closed.isDone()).isTrue();
  }

  @Test
  void a_client_that_sends_no_more_is_answered_and_then_left() {
    hear(PLAIN);
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    assertThat(channel.isOpen()).isTrue();
    decide();

    assertThat(said()).contains("409").doesNotContain("connection: close");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void a_connection_whose_requests_came_whole_may_be_silent() {
    hear(PLAIN);
    decide();
    channel.advanceTimeBy(LIMIT.toSeconds() + 1, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();

    assertThat(channel.isOpen()).isTrue();
  }

  /** As when the last decoded request is answered, before the loop decodes the bytes that wait. */
  @Test
  void bytes_that_wait_are_decoded_before_those_behind_them() {
    EmbeddedChannel other = new EmbeddedChannel();
    other.pipeline().addLast(NettyPipeline.HttpCodec, new HttpServerCodec());
    DirectChannel direct =
        new DirectChannels(List.of(new Waiting()), LIMIT, Duration.ofMinutes(1)).prepare(other);
    PipelinedRequests requests = PipelinedRequests.watch(other);
    RequestDeadline deadline = RequestDeadline.watch(other, LIMIT, requests::holdsBytes);
    other
        .pipeline()
        .addBefore(
            "sunchak.pipelined",
            "sunchak.bypass",
            new CodecBypass(direct, requests, deadline, new Cors(Set.of())));
    for (int i = 0; i < 32; i++) {
      requests.received();
    }
    other.writeInbound(Unpooled.copiedBuffer(ODD, StandardCharsets.US_ASCII));
    assertThat(requests.holdsBytes()).isTrue();

    other.writeInbound(Unpooled.copiedBuffer(PLAIN, StandardCharsets.US_ASCII));
    assertThat(undecided).isEmpty();
    other.finishAndReleaseAll();
  }

  @Test
  void bytes_behind_half_a_request_belong_to_it() {
    hear("GET /nothing HTTP/1.1\r\nHost: a\r\nX: ");
    hear(PLAIN);

    assertThat(undecided).isEmpty();
  }

  private void hear(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    channel.runPendingTasks();
  }

  private void decide() {
    undecided.remove().reply().accept(ProblemAnswer.of(Code.SOLD_OUT));
    channel.runPendingTasks();
  }

  private String said() {
    StringBuilder said = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      said.append(part.toString(StandardCharsets.ISO_8859_1));
      ReferenceCountUtil.release(part);
    }
    return said.toString();
  }
}
