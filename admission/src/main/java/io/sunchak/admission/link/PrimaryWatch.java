package io.sunchak.admission.link;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import io.sunchak.core.loop.GuardedLoop;
import io.sunchak.core.loop.LoopListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks a Sentinel twice a second where the primary is. A primary that was replaced while Sentinel
 * could not reach it does not end its connections, and one that stands still says nothing. Has a
 * thread of its own.
 */
final class PrimaryWatch implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final RedisClient client;
  private final String name;
  private final Consumer<InetSocketAddress> primary;
  private final GuardedLoop loop;
  private @Nullable StatefulRedisSentinelConnection<String, String> sentinel;

  /**
   * Begins to ask.
   *
   * @param primary told of each answer
   */
  PrimaryWatch(RedisURI sentinels, Consumer<InetSocketAddress> primary, LoopListener loops) {
    this.name = sentinels.getSentinelMasterId();
    this.primary = primary;
    this.client = RedisClient.create(sentinels);
    client.setOptions(ClientOptions.builder().autoReconnect(false).build());
    this.loop = GuardedLoop.virtual("redis-primary", this::look, loops);
    loop.start();
  }

  private boolean look() throws InterruptedException {
    try {
      if (sentinel == null) {
        sentinel = client.connectSentinel();
        sentinel.setTimeout(LIMIT);
      }
      if (sentinel.sync().getMasterAddrByName(name) instanceof InetSocketAddress now) {
        primary.accept(now);
      }
    } catch (RedisException away) {
      // Another one is asked next time; while none answers the connection stays as it is.
      hangUp();
    }
    return loop.pause(PAUSE);
  }

  private void hangUp() {
    if (sentinel != null) {
      var _ = sentinel.closeAsync();
      sentinel = null;
    }
  }

  /**
   * Whether a connection ends there. A host may have several addresses, and one that is not known
   * here may be any.
   */
  static boolean isAt(InetSocketAddress primary, SocketAddress connection) {
    if (!(connection instanceof InetSocketAddress to) || to.getPort() != primary.getPort()) {
      return false;
    }
    try {
      return Arrays.asList(InetAddress.getAllByName(primary.getHostString()))
          .contains(to.getAddress());
    } catch (UnknownHostException unknown) {
      return true;
    }
  }

  @Override
  public void close() {
    loop.interrupt();
    client.shutdown(Duration.ZERO, LIMIT);
  }
}
