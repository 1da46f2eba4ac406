package io.sunchak.server.http.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.NettyPipeline;

class RequestDeadlineTest {
  private static final String REQUEST = "POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody";
  private static final String REQUEST_WITHOUT_ITS_END =
      "POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nbo";
  private static final String BODILESS = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String CHUNKED =
      "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n";

  private final EmbeddedChannel channel = connect();
  private boolean held;

  private EmbeddedChannel connect() {
    EmbeddedChannel made = new EmbeddedChannel();
    made.freezeTime();
    made.pipeline().addLast(NettyPipeline.HttpCodec, new HttpServerCodec());
    RequestDeadline.watch(made, Duration.ofSeconds(10), () -> held);
    return made;
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

  @ParameterizedTest
  @ValueSource(strings = {"G", "GET / HTTP/1.1\r\nHost: a\r\n", REQUEST_WITHOUT_ITS_END})
  void what_follows_a_whole_request_in_the_same_read_must_come_whole_too(String begun) {
    for (String whole : List.of(REQUEST, BODILESS, CHUNKED, REQUEST + BODILESS)) {
      EmbeddedChannel one = connect();
      hear(one, whole + begun);
      pass(one, 9);
      assertThat(one.isOpen()).as(whole).isTrue();

      pass(one, 1);
      assertThat(one.isOpen()).as(whole).isFalse();
    }
  }

  @Test
  void nothing_is_outstanding_behind_whole_requests_in_the_same_read() {
    for (String whole : List.of(REQUEST, BODILESS, CHUNKED)) {
      for (String second : List.of(REQUEST, BODILESS, CHUNKED)) {
        EmbeddedChannel one = connect();
        hear(one, whole + second);
        pass(one, 3_600);
        assertThat(one.isOpen()).as(whole + second).isTrue();
      }
    }
  }

  @Test
  void bytes_that_the_server_holds_back_are_not_outstanding() {
    hear(REQUEST + "GET / HT");
    held = true;
    pass(3_600);
    assertThat(channel.isOpen()).isTrue();

    held = false;
    pass(10);
    assertThat(channel.isOpen()).isFalse();
  }

  private void hear(String text) {
    hear(channel, text);
  }

  private static void hear(EmbeddedChannel channel, String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, US_ASCII));
    channel.releaseInbound();
  }

  private void pass(long seconds) {
    pass(channel, seconds);
  }

  private static void pass(EmbeddedChannel channel, long seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }
}
