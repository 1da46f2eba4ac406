package io.sunchak.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection and the calls that wait for it. All state belongs to its event loop. */
final class Lane {
  private final HttpLoadClient client;
  private final EventLoop loop;
  private final ArrayDeque<Sending> waiting = new ArrayDeque<>();
  private @Nullable Channel channel;
  private @Nullable Sending current;
  private @Nullable ScheduledFuture<?> deadline;
  private boolean connecting;
  private boolean closed;

  private record Sending(HttpCall call, CompletableFuture<Answer> answer, long sent) {}

  Lane(HttpLoadClient client, EventLoop loop) {
    this.client = client;
    this.loop = loop;
  }

  CompletableFuture<Answer> send(HttpCall call) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    try {
      loop.execute(() -> {
        waiting.add(new Sending(call, answer, 0));
        next();
      });
    } catch (RejectedExecutionException ended) {
      answer.complete(missing());
    }
    return answer;
  }

  /** Ends every call that waits, and every later one, without an answer. */
  void close() {
    loop.execute(() -> {
      closed = true;
      next();
      abandon();
    });
  }

  private void next() {
    if (closed) {
      waiting.forEach(sending -> sending.answer().complete(missing()));
      waiting.clear();
      return;
    }
    if (current != null || connecting || waiting.isEmpty()) {
      return;
    }
    Channel open = channel;
    if (open == null || !open.isActive()) {
      connecting = true;
      ChannelFuture made = client.connect(loop, this);
      var _ = made.addListener(done -> connected(made));
      return;
    }
    Sending first = waiting.remove();
    Sending sent = new Sending(first.call(), first.answer(), System.nanoTime());
    current = sent;
    deadline = loop.schedule(this::abandon, client.patience().toMillis(), TimeUnit.MILLISECONDS);
    var _ = open.writeAndFlush(request(sent.call()));
  }

  private void connected(ChannelFuture made) {
    connecting = false;
    if (made.isSuccess()) {
      channel = made.channel();
    } else {
      Sending first = waiting.poll();
      if (first != null) {
        first.answer().complete(missing());
      }
    }
    next();
  }

  private DefaultFullHttpRequest request(HttpCall call) {
    ByteBuf body =
        call.body() == null
            ? Unpooled.EMPTY_BUFFER
            : Unpooled.copiedBuffer(call.body(), StandardCharsets.UTF_8);
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.valueOf(call.method()), call.path(), body);
    request.headers().set(HttpHeaderNames.HOST, client.host());
    request.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    if (call.body() != null) {
      request.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    }
    if (call.token() != null) {
      request.headers().set(HttpHeaderNames.AUTHORIZATION, "Bearer " + call.token());
    }
    call.headers().forEach((name, value) -> request.headers().set(name, value));
    return request;
  }

  ChannelHandler reader() {
    return new SimpleChannelInboundHandler<FullHttpResponse>() {
      @Override
      protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
        if (response.decoderResult().isFailure()) {
          var _ = context.close(); // no HTTP: no answer
          return;
        }
        String body = new String(ByteBufUtil.getBytes(response.content()), StandardCharsets.UTF_8);
        if (!HttpUtil.isKeepAlive(response)) {
          channel = null;
          var _ = context.close();
        }
        answered(
            response.status().code(), body, response.headers().get(HttpHeaderNames.RETRY_AFTER));
      }

      @Override
      public void channelInactive(ChannelHandlerContext context) {
        lost(context.channel());
      }

      @Override
      public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
      }
    };
  }

  /**
   * The answer may still come, for a request that nobody waits for: the connection is of no use any
   * more.
   */
  private void abandon() {
    Channel open = channel;
    if (open != null) {
      var _ = open.close();
    }
  }

  private void lost(Channel gone) {
    if (channel != null && channel.id().equals(gone.id())) {
      channel = null;
      answered(0, "", null);
    }
  }

  private void answered(int status, String body, @Nullable String retryAfter) {
    Sending done = current;
    current = null;
    if (deadline != null) {
      deadline.cancel(false);
    }
    if (done != null) {
      done.answer().complete(new Answer(status, body, retryAfter, done.sent(), System.nanoTime()));
    }
    next();
  }

  private static Answer missing() {
    long now = System.nanoTime();
    return new Answer(0, "", null, now, now);
  }
}
