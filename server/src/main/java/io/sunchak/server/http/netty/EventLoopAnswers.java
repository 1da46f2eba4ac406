package io.sunchak.server.http.netty;

import io.netty.channel.EventLoop;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Has an answer in one piece written on its connection's event loop, whatever thread made it.
 * Reactor Netty ends the exchange on the thread that wrote. On another thread that is after the
 * client could read the answer and send its next request: where this one is the connection's last,
 * the late end closed the connection before it was answered. Thread-safe.
 */
public final class EventLoopAnswers implements HttpHandler {
  private final HttpHandler handler;

  /** Passes requests to {@code handler}. */
  public EventLoopAnswers(HttpHandler handler) {
    this.handler = handler;
  }

  @Override
  public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
    HttpServerResponse answer = ServerHttpResponseDecorator.getNativeResponse(response);
    return handler.handle(request, new OnEventLoop(response, scheduler(answer)));
  }

  private static Scheduler scheduler(HttpServerResponse answer) {
    Scheduler[] found = {Schedulers.immediate()};
    answer.withConnection(connection -> {
      EventLoop loop = connection.channel().eventLoop();
      found[0] =
          Schedulers.fromExecutor(task -> {
            if (loop.inEventLoop()) {
              task.run();
            } else {
              loop.execute(task);
            }
          });
    });
    return found[0];
  }

  private static final class OnEventLoop extends ServerHttpResponseDecorator {
    private final Scheduler loop;

    private OnEventLoop(ServerHttpResponse response, Scheduler loop) {
      super(response);
      this.loop = loop;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
      return super.writeWith(
          body instanceof Mono<? extends DataBuffer> whole ? whole.publishOn(loop) : body);
    }
  }
}
