package io.sunchak.server.limits;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits the connections, in total and per address. Connections from proxies and from this machine
 * count in the total only. Keeps one number for each connected address. Thread-safe; never blocks.
 *
 * <p>Netty's {@code UniqueIpFilter} allows one connection an address and knows no other number.
 */
public final class ConnectionLimits {
  private final int most;
  private final int mostOfOne;
  private final Proxies proxies;
  private final Counter refused;
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();

  /** The decision about a new connection. */
  public enum Decision {
    ADMITTED,
    /** Its address has too many connections. */
    TOO_MANY_OF_ONE,
    /** There are too many connections in total. */
    TOO_MANY
  }

  public ConnectionLimits(int most, int mostOfOne, Proxies proxies, MeterRegistry registry) {
    this.most = most;
    this.mostOfOne = mostOfOne;
    this.proxies = proxies;
    this.refused = RequestLimits.counter(registry, "connections");
  }

  /** Counts a new connection until it is closed; a refused one is not counted. */
  public Decision admit(Channel channel) {
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      refused.increment();
      return Decision.TOO_MANY;
    }
    if (channel.remoteAddress() instanceof InetSocketAddress peer && isLimited(peer.getAddress())) {
      InetAddress customer = RequestLimits.customer(peer.getAddress());
      if (byAddress.merge(customer, 1, Integer::sum) > mostOfOne) {
        left(customer);
        open.decrementAndGet();
        refused.increment();
        return Decision.TOO_MANY_OF_ONE;
      }
      var _ = channel.closeFuture().addListener(closed -> left(customer));
    }
    var _ = channel.closeFuture().addListener(closed -> open.decrementAndGet());
    return Decision.ADMITTED;
  }

  private boolean isLimited(InetAddress peer) {
    return !peer.isLoopbackAddress() && !proxies.include(peer);
  }

  private void left(InetAddress customer) {
    byAddress.computeIfPresent(customer, (any, count) -> count == 1 ? null : count - 1);
  }
}
