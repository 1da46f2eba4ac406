package io.sunchak.load.generator;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One connection, opened again when it is lost, and the one request on it. Belongs to its worker's
 * loop. Sharable: the next connection takes it over, never two at once.
 */
@Sharable
final class Connection extends SimpleChannelInboundHandler<HttpObject> {
  private static final int MAX_BODY = 4_096;

  private final Worker worker;
  private final URI node;
  private final byte[][] heads;
  private final int longestLine;
  private final byte[] body = new byte[MAX_BODY];
  private @Nullable Channel channel;
  private long shot = Shots.END;
  private long intended;
  private long sent;
  private int status;
  private int length;
  private boolean lastOnConnection;

  Connection(Worker worker, URI node) {
    this.worker = worker;
    this.node = node;
    this.heads = worker.heads(node);
    this.longestLine = worker.users().longestLine();
  }

  URI node() {
    return node;
  }

  boolean isConnected() {
    return channel != null;
  }

  boolean isInFlight() {
    return shot != Shots.END;
  }

  /** Sends one request; {@code intendedAt} is 0 in a closed loop. */
  void send(long next, long intendedAt) {
    Channel open = channel;
    if (open == null || isInFlight()) {
      throw new IllegalStateException(open == null ? "no connection" : "a request is in flight");
    }
    byte[] head = heads[Shots.endpoint(next)];
    ByteBuf request = open.alloc().ioBuffer(head.length + longestLine);
    request.writeBytes(head);
    worker.users().writeLine(Shots.user(next), request);
    shot = next;
    intended = intendedAt;
    sent = System.nanoTime();
    var _ = open.writeAndFlush(request, open.voidPromise());
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    worker.ready(this);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (part.decoderResult().isFailure()) {
      var _ = context.close(); // not HTTP: counts as no answer
      return;
    }
    if (part instanceof HttpResponse response) {
      status = response.status().code();
      length = 0;
      lastOnConnection = !HttpUtil.isKeepAlive(response);
    }
    if (part instanceof HttpContent content) {
      int taken = Math.min(content.content().readableBytes(), MAX_BODY - length);
      content.content().readBytes(body, length, taken);
      length += taken;
    }
    if (part instanceof LastHttpContent) {
      answered(context);
    }
  }

  private void answered(ChannelHandlerContext context) {
    if (!isInFlight()) {
      var _ = context.close(); // a response without a request
      return;
    }
    record(worker.answer(status, body, length));
    if (lastOnConnection) {
      var _ = context.close();
    } else {
      worker.ready(this);
    }
  }

  private void record(long answer) {
    long answered = shot;
    shot = Shots.END;
    worker.record(answered, intended, sent, answer);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    channel = null;
    if (isInFlight()) {
      record(AnswerCodec.MISSING);
    }
    worker.lost(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }

  /**
   * Closes a connection whose answer is overdue: a late one would be taken for the next request's.
   */
  void giveUpBefore(long oldest) {
    if (isInFlight() && sent - oldest < 0) {
      close();
    }
  }

  void close() {
    Channel open = channel;
    if (open != null) {
      var _ = open.close();
    }
  }
}
