package io.sunchak.server.http.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.netty.NettyPipeline;

class RequestDeadlineTest {
  private static final String REQUEST = "POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody";

  private final EmbeddedChannel channel = new EmbeddedChannel();

  RequestDeadlineTest() {
    channel.freezeTime();
    channel.pipeline().addLast(NettyPipeline.HttpCodec, new HttpServerCodec());
    RequestDeadline.watch(channel, Duration.ofSeconds(10));
  }

  @Test
  void a_connection_that_says_nothing_is_closed() {
    pass(9);
    assertThat(channel.isOpen()).isTrue();

    pass(1);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void a_byte_now_and_then_does_not_help() {
    for (int i = 0; i < 9; i++) {
      hear(REQUEST.substring(i, i + 1));
      pass(1);
    }
    assertThat(channel.isOpen()).isTrue();

    pass(1);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void a_whole_request_may_be_followed_by_any_pause() {
    hear(REQUEST);
    pass(3_600);

    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void the_body_must_come_whole_too() {
    hear(REQUEST.substring(0, REQUEST.length() - 2));
    pass(9);
    hear("d");
    assertThat(channel.isOpen()).isTrue();

    pass(1);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void the_last_byte_in_time_is_in_time() {
    hear(REQUEST.substring(0, REQUEST.length() - 1));
    pass(9);
    hear("y");
    pass(3_600);

    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void the_next_request_must_come_whole_too() {
    hear(REQUEST);
    pass(3_600);
    hear("GET / HT");
    pass(9);
    assertThat(channel.isOpen()).isTrue();

    pass(1);
    assertThat(channel.isOpen()).isFalse();
  }

  private void hear(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, US_ASCII));
    channel.releaseInbound();
  }

  private void pass(long seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }
}
