package io.sunchak.server.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.sunchak.server.http.Cors;
import io.sunchak.server.http.direct.AnswerHead;
import io.sunchak.server.http.direct.DirectCall;
import io.sunchak.server.http.direct.DirectChannel;
import java.util.List;

/**
 * Takes a {@link PlainRequest} from the socket to its direct call and the answer back, past the
 * HTTP codec and the handlers around it, which take three quarters of what the call takes. Only
 * while nothing else is going on in the connection: what was received before has been decoded to
 * its last byte and answered. All other bytes go on to the codec, which alone judges what is no
 * valid HTTP.
 */
final class CodecBypass extends ChannelInboundHandlerAdapter {
  private final DirectChannel direct;
  private final PipelinedRequests requests;
  private final RequestDeadline deadline;
  private final Cors cors;
  private boolean took;
  private boolean passedOn;

  CodecBypass(
      DirectChannel direct, PipelinedRequests requests, RequestDeadline deadline, Cors cors) {
    this.direct = direct;
    this.requests = requests;
    this.deadline = deadline;
    this.cors = cors;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    PlainRequest request = isAtRest() ? PlainRequest.of(bytes) : null;
    DirectCall call = request == null ? null : direct.callFor(request);
    if (request == null || call == null) {
      passedOn = true;
      context.fireChannelRead(bytes);
    } else {
      took = true;
      bytes.release();
      answer(context, call, request);
    }
  }

  private boolean isAtRest() {
    return !deadline.isOutstanding() && !requests.holdsBytes() && direct.isFree();
  }

  private void answer(ChannelHandlerContext context, DirectCall call, PlainRequest request) {
    deadline.received();
    requests.received();
    direct.answer(
        call,
        request,
        (answer, last) -> {
          ChannelFuture written =
              context.writeAndFlush(answer.toBytes(context.alloc(), last, corsHeaders(request)));
          requests.answered(written);
          return written;
        });
  }

  private HttpHeaders corsHeaders(PlainRequest request) {
    if (!cors.isConfigured()) {
      return EmptyHttpHeaders.INSTANCE;
    }
    List<String> origins = request.headers(HttpHeaderNames.ORIGIN.toString());
    HttpHeaders headers = AnswerHead.noHeaders();
    cors.mark(headers, origins.isEmpty() ? null : origins.getFirst());
    return headers;
  }

  /** Asks for the next read, unless the handlers behind do, since they got something to read. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    boolean taken = took && !passedOn;
    took = false;
    passedOn = false;
    if (taken) {
      context.read();
    } else {
      context.fireChannelReadComplete();
    }
  }
}
