package io.sunchak.server.http.direct;

import java.net.SocketAddress;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call that is answered on the connection's event loop. WebFlux handles every request that no
 * direct call takes. Thread-safe; never blocks.
 */
public interface DirectCall {
  /** Whether this call answers the request, whose body, if it has one, has not arrived. */
  boolean takes(DirectRequest request);

  /** Answers a complete request, immediately or later. Must be called on its loop. */
  void answer(Exchange exchange);

  /** The answer to a request whose body is not read. */
  DirectAnswer refuseBody();

  /**
   * A request that is being answered.
   *
   * @param hasBody whether the request had a body
   * @param peer the peer's address
   * @param loop the connection's event loop, on which every step runs
   * @param reply receives the answer once, on the loop
   */
  record Exchange(
      DirectRequest request,
      boolean hasBody,
      @Nullable SocketAddress peer,
      Executor loop,
      Consumer<DirectAnswer> reply) {}
}
