package io.sunchak.server.http.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.NettyPipeline;

/** Connections whose clients do little or nothing. */
final class DirectChannelsTest {
  private static final Duration UNREAD = Duration.ofSeconds(7);
  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final int ANSWER = 1_000_000;

  private final Reader reader = new Reader();

  /** A connection whose client takes so many bytes at each look of the socket. */
  private static final class Reader extends EmbeddedChannel {
    private int room;

    @Override
    protected void doWrite(ChannelOutboundBuffer answers) {
      while (room > 0 && answers.current() instanceof ByteBuf answer) {
        int bytes = Math.min(room, answer.readableBytes());
        room -= bytes;
        answers.removeBytes(bytes);
      }
    }

    void takes(int bytes) {
      room = bytes;
      flush();
    }

    void pass(Duration time) {
      advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
      runPendingTasks();
      runScheduledPendingTasks();
    }
  }

  @BeforeEach
  void connect() {
    reader.freezeTime();
    reader.pipeline().addLast(NettyPipeline.HttpCodec, new ChannelInboundHandlerAdapter());
    new DirectChannels(List.of(), UNREAD, IDLE).prepare(reader);
  }

  @AfterEach
  void disconnect() {
    reader.finishAndReleaseAll();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000})
  void who_takes_hardly_a_byte_a_second_is_left(int bytesPerSecond) {
    var _ = reader.writeAndFlush(Unpooled.wrappedBuffer(new byte[ANSWER]));

    assertThat(secondsUntilClosed(bytesPerSecond, 30)).isBetween(7, 14);
  }

  @Test
  void a_slow_line_has_the_time_that_it_needs() {
    var _ = reader.writeAndFlush(Unpooled.wrappedBuffer(new byte[ANSWER]));

    assertThat(secondsUntilClosed(5_000, 190)).isEqualTo(190);
    reader.takes(ANSWER);
    assertThat(reader.isOpen()).isTrue();
  }

  @Test
  void who_has_every_answer_is_left_when_nothing_more_is_said() {
    reader.takes(ANSWER);
    var _ = reader.writeAndFlush(Unpooled.wrappedBuffer(new byte[10]));

    assertThat(secondsUntilClosed(0, 100)).isBetween(60, 61);
  }

  private int secondsUntilClosed(int bytesPerSecond, int limit) {
    for (int second = 0; second < limit; second++) {
      if (!reader.isOpen()) {
        return second;
      }
      reader.takes(bytesPerSecond);
      reader.pass(Duration.ofSeconds(1));
    }
    return limit;
  }
}
