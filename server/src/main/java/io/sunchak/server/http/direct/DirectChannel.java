package io.sunchak.server.http.direct;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests of one connection directly from the HTTP codec, or from the handler that bypasses
 * it, to a {@link DirectCall}; all other requests go on to WebFlux. Answers are sent in the order
 * of the requests (RFC 9112, 9.3.2): a pipelined request is held while an earlier one is
 * unanswered; {@code PipelinedRequests} bounds their number. If the server closes a connection
 * while a direct call is in flight, the call is answered first. All state belongs to the
 * connection's event loop.
 */
public final class DirectChannel extends ChannelDuplexHandler {
  /**
   * The states of a connection. In each state either a read is pending or an event with its own
   * time limit is awaited, and {@link DirectChannels} closes idle connections.
   */
  private enum State {
    /**
     * No direct call is in progress: new requests are taken or passed on; {@code RequestDeadline}
     * limits an incomplete one.
     */
    FREE,
    /**
     * The head of a direct call was received and its end is awaited; {@code RequestDeadline} limits
     * it.
     */
    RECEIVING,
    /** A direct call is being answered, within its own time-out; further requests are held. */
    DECIDING,
    /** The last answer is being written; further input is discarded. */
    ENDING
  }

  /** Sends the answer to one request, the way that the request came. */
  @FunctionalInterface
  public interface Reply {
    /**
     * Writes and flushes it.
     *
     * @param last whether the connection is closed after it, which the answer then tells
     */
    ChannelFuture send(DirectAnswer answer, boolean last);
  }

  private final List<DirectCall> calls;
  private final Executor tasks;
  private final LongAdder inFlight;
  private final ArrayDeque<Object> held = new ArrayDeque<>();
  private @Nullable ChannelHandlerContext context;
  private State state = State.FREE;
  private @Nullable DirectCall call;
  private @Nullable Arrival arrival;
  private int unansweredElsewhere;
  private boolean taken;
  private boolean resuming;
  private @Nullable ChannelPromise closing;

  /**
   * The handler of one connection.
   *
   * @param tasks run on the connection's event loop
   * @param inFlight counts the direct calls in flight on all connections
   */
  DirectChannel(List<DirectCall> calls, Executor tasks, LongAdder inFlight) {
    this.calls = calls;
    this.tasks = tasks;
    this.inFlight = inFlight;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    this.context = context;
  }

  /** Whether a request that comes now is the next to be answered, and its client takes answers. */
  public boolean isFree() {
    return state == State.FREE
        && unansweredElsewhere == 0
        && held.isEmpty()
        && Objects.requireNonNull(context).channel().isWritable();
  }

  /** The direct call that answers this request; null if WebFlux does. */
  public @Nullable DirectCall callFor(DirectRequest request) {
    for (DirectCall each : calls) {
      if (each.takes(request)) {
        return each;
      }
    }
    return null;
  }

  /** Has a complete request without a body answered; only while {@link #isFree}. */
  public void answer(DirectCall direct, DirectRequest request, Reply reply) {
    decide(direct, request, false, false, reply);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!held.isEmpty() || !take(context, message)) {
      held.add(message);
    }
  }

  /** False if the message must wait for its turn. */
  private boolean take(ChannelHandlerContext context, Object message) {
    switch (state) {
      case FREE -> {
        return begin(context, message);
      }
      case RECEIVING -> receive(context, (HttpContent) message);
      case DECIDING -> {
        return false;
      }
      case ENDING -> ReferenceCountUtil.release(message);
    }
    return true;
  }

  /**
   * WebFlux gets a request only when the one before is answered: Reactor Netty ends a connection by
   * the newest request that it has seen, although it has queued it and its answer is still due.
   */
  private boolean begin(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      if (unansweredElsewhere > 0) {
        return false;
      }
      DirectCall direct =
          request.decoderResult().isSuccess() ? callFor(new DecodedRequest(request)) : null;
      if (direct != null) {
        boolean turn = context.channel().isWritable();
        if (turn) {
          call = direct;
          receive(context, request);
        }
        return turn;
      }
      unansweredElsewhere++;
    }
    context.fireChannelRead(message);
    return true;
  }

  private void receive(ChannelHandlerContext context, HttpRequest request) {
    state = State.RECEIVING;
    Arrival begun = new Arrival(request);
    arrival = begun;
    follow(context, begun, begun.head());
  }

  private void receive(ChannelHandlerContext context, HttpContent content) {
    Arrival begun = Objects.requireNonNull(arrival);
    Arrival.Next next = begun.part(content);
    ReferenceCountUtil.release(content);
    follow(context, begun, next);
  }

  private void follow(ChannelHandlerContext context, Arrival begun, Arrival.Next next) {
    taken = true;
    switch (next) {
      case WAIT -> {}
      case TELL_TO_GO_ON -> {
        var _ = context.writeAndFlush(goOn());
      }
      case DECIDE -> decide(context, begun);
      case REFUSE -> refuse(context);
    }
  }

  private static HttpResponse goOn() {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
  }

  private void refuse(ChannelHandlerContext context) {
    state = State.ENDING;
    FullHttpResponse refusal =
        Objects.requireNonNull(call).refuseBody().toHttp(HttpVersion.HTTP_1_1, false);
    end(context, context.writeAndFlush(refusal), context.newPromise());
  }

  private static void end(
      ChannelHandlerContext context, ChannelFuture last, ChannelPromise closed) {
    var _ =
        last.addListener(written -> {
          var _ = context.close(closed);
        });
  }

  private void decide(ChannelHandlerContext context, Arrival whole) {
    HttpRequest request = whole.request();
    decide(
        Objects.requireNonNull(call),
        new DecodedRequest(request),
        whole.hasBody(),
        !HttpUtil.isKeepAlive(request),
        (answer, last) -> context.writeAndFlush(answer.toHttp(request.protocolVersion(), !last)));
  }

  private void decide(
      DirectCall direct, DirectRequest request, boolean hasBody, boolean asksToClose, Reply reply) {
    ChannelHandlerContext here = Objects.requireNonNull(context);
    state = State.DECIDING;
    inFlight.increment();
    direct.answer(
        new DirectCall.Exchange(
            request,
            hasBody,
            here.channel().remoteAddress(),
            tasks,
            answer -> answered(here, asksToClose, reply, answer)));
  }

  private void answered(
      ChannelHandlerContext context, boolean asksToClose, Reply reply, DirectAnswer answer) {
    ChannelPromise close = closing;
    boolean last = close != null || asksToClose;
    state = last ? State.ENDING : State.FREE;
    ChannelFuture written = reply.send(answer, last);
    inFlight.decrement();
    if (last) {
      end(context, written, close == null ? context.newPromise() : close);
    }
    resume(context);
  }

  private void resume(ChannelHandlerContext context) {
    if (resuming || held.isEmpty() || !context.channel().isActive()) {
      return;
    }
    resuming = true;
    Object next = held.poll();
    while (next != null) {
      if (!take(context, next)) {
        held.addFirst(next);
        break;
      }
      next = held.poll();
    }
    resuming = false;
    channelReadComplete(context);
  }

  /**
   * WebFlux requests a read after each message that it gets; for messages taken here, this does.
   */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (taken) {
      taken = false;
      context.read();
    }
    context.fireChannelReadComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    resumeSoon(context);
    context.fireChannelWritabilityChanged();
  }

  private void resumeSoon(ChannelHandlerContext context) {
    if (!held.isEmpty()) {
      context.executor().execute(() -> resume(context));
    }
  }

  /** Answers of WebFlux pass here on their way out. */
  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (!(message instanceof LastHttpContent) || isInformational(message)) {
      var _ = context.write(message, promise);
      return;
    }
    var _ =
        context
            .write(message, promise.unvoid())
            .addListener(written -> {
              unansweredElsewhere--;
              resumeSoon(context);
            });
  }

  private static boolean isInformational(Object message) {
    return message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (state == State.DECIDING && context.channel().isActive()) {
      closing = promise;
    } else {
      var _ = context.close(promise);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    held.forEach(ReferenceCountUtil::release);
    held.clear();
    context.fireChannelInactive();
  }
}
