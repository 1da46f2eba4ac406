package io.sunchak.admission.link;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisLoadingException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.sunchak.core.log.LogException;
import io.sunchak.core.loop.GuardedLoop;
import io.sunchak.core.loop.LoopListener;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The link by Lettuce, whose own reconnect would send again what was in flight. Waits and the queue
 * are bounded. Thread-safe.
 */
public final class RedisLink implements Link, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RedisLink.class.getName());
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
  private static final Duration RETRY = Duration.ofMillis(50);
  private static final int QUEUE = 4_096;

  static {
    // With io_uring on the class path Lettuce warns at every connection, and sets its options on
    // the epoll channels that it takes nevertheless.
    System.setProperty("io.lettuce.core.iouring", "false");
  }

  private final RedisAddress address;
  private final RedisClient client;
  private final ClientResources resources;
  private final Duration commandLimit;
  private final GuardedLoop connector;
  private final LoopListener loops;
  private final CountDownLatch attempted = new CountDownLatch(1);
  private final List<Runnable> onChange = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable Established> established = new AtomicReference<>();
  private long made;

  /** The one that was made last. */
  private volatile @Nullable Channel channel;

  /** Where the connection that was made last ends. */
  private volatile @Nullable SocketAddress remote;

  private final @Nullable PrimaryWatch watch;

  private volatile boolean loading;

  private volatile @Nullable String lastingCause;

  /**
   * Begins to connect in the background.
   *
   * @param commandLimit after which an answer counts as lost
   */
  public RedisLink(String uri, String name, Duration commandLimit, LoopListener loops) {
    this.address = RedisAddress.of(uri);
    RedisURI redis = address.uri();
    redis.setTimeout(CONNECT_LIMIT);
    redis.setClientName(name);
    this.resources = DefaultClientResources.builder().nettyCustomizer(new LastChannel()).build();
    this.client = RedisClient.create(resources, redis);
    this.commandLimit = commandLimit;
    this.loops = loops;
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(QUEUE)
            .timeoutOptions(TimeoutOptions.enabled(commandLimit))
            .sslOptions(address.trust())
            .socketOptions(
                SocketOptions.builder().connectTimeout(CONNECT_LIMIT).tcpNoDelay(true).build())
            .build());
    this.connector = GuardedLoop.platform(name, this::serveOne, loops);
    connector.start();
    this.watch = address.isBySentinel() ? new PrimaryWatch(redis, this::leaveOthers, loops) : null;
  }

  private final class LastChannel implements NettyCustomizer {
    @Override
    public void afterChannelInitialized(Channel made) {
      channel = made;
    }
  }

  /** A connection to another Redis than the primary is given up. */
  private void leaveOthers(InetSocketAddress primary) {
    Established now = established.get();
    SocketAddress end = remote;
    if (now != null && end != null && !PrimaryWatch.isAt(primary, end)) {
      giveUp(now);
    }
  }

  @Override
  public void onChange(Runnable listener) {
    onChange.add(listener);
  }

  /** Whether Redis is there and reads its data from the disk: it answers once it has. */
  boolean isLoading() {
    return loading;
  }

  /** Why no connection stands, for a person; without user and password. */
  public String trouble() {
    String cause = lastingCause;
    if (cause != null) {
      return cause;
    }
    return loading
        ? "Redis loads its data"
        : "Redis is not connected: " + address + " cannot be reached";
  }

  @Override
  public Optional<String> firstAttempt() {
    try {
      var _ = attempted.await(2 * CONNECT_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.ofNullable(lastingCause);
  }

  @Override
  public @Nullable Established established() {
    return established.get();
  }

  @Override
  public <T> T await(CompletionStage<T> answer) {
    Established asked = established.get();
    try {
      return answer.toCompletableFuture().get(commandLimit.toMillis() + 100, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RedisCommandTimeoutException) {
        giveUp(asked);
      }
      throw new LogException(String.valueOf(e.getCause()), e.getCause());
    } catch (TimeoutException e) {
      giveUp(asked);
      throw new LogException("Redis did not answer within " + commandLimit, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogException("interrupted while Redis was asked", e);
    }
  }

  @Override
  public void giveUp(@Nullable Established doubtful) {
    if (doubtful != null) {
      established.compareAndSet(doubtful, null);
      doubtful.lost().countDown();
    }
  }

  /** One connection, from its making to its loss. */
  private boolean serveOne() throws InterruptedException {
    Established one = connect(made + 1);
    if (one != null) {
      made++;
      try {
        changed();
        one.lost().await();
      } finally {
        established.set(null);
        var _ = one.connection().closeAsync();
      }
      changed();
    }
    return connector.pause(RETRY);
  }

  private @Nullable Established connect(long number) throws InterruptedException {
    try {
      if (number == 1 && !address.uri().isSsl()) {
        refuseContradiction();
      }
      CountDownLatch lost = new CountDownLatch(1);
      StatefulRedisConnection<String, String> connection = client.connect(StringCodec.UTF8);
      if (!hasLoaded(connection)) {
        var _ = connection.closeAsync();
        return null;
      }
      connection.addListener(
          new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> gone) {
              lost.countDown();
            }
          });
      if (!connection.isOpen()) {
        lost.countDown();
      }
      Channel made = Objects.requireNonNull(channel);
      remote = made.remoteAddress();
      Established stands =
          new Established(number, connection, new WriteOrder(made.eventLoop()), lost);
      established.set(stands);
      lastingCause = null;
      return stands;
    } catch (RedisException away) {
      failed(number, RedisCause.lasting(away).or(() -> contradiction(number)).orElse(null));
      return null;
    } finally {
      attempted.countDown();
    }
  }

  /** Before the first connection, and so before user and password are sent. */
  private void refuseContradiction() {
    address
        .contradiction(CONNECT_LIMIT)
        .ifPresent(sentence -> {
          throw new RedisCause.Lasting(sentence);
        });
  }

  /** What only a look after a failure tells: a TLS handshake with a plain Redis just ends. */
  private Optional<String> contradiction(long number) {
    return number == 1 && address.uri().isSsl()
        ? address.contradiction(CONNECT_LIMIT)
        : Optional.empty();
  }

  /**
   * Told once, since the attempts go on, twenty a second; not before the first: a start tells it.
   */
  private void failed(long number, @Nullable String cause) {
    if (number > 1 && cause != null && !cause.equals(lastingCause)) {
      LOG.log(System.Logger.Level.ERROR, "{0}: {1}", address, cause);
    }
    lastingCause = cause;
  }

  /**
   * A Redis that was started anew takes connections before it has read its log: it is asked until
   * it has. False when it is gone, or this link ends.
   */
  private boolean hasLoaded(StatefulRedisConnection<String, String> made)
      throws InterruptedException {
    try {
      do {
        try {
          made.sync().ping();
          return true;
        } catch (RedisLoadingException notYet) {
          loading = true;
        }
      } while (connector.pause(RETRY));
      return false;
    } catch (RedisCommandExecutionException refused) {
      return true; // it answers; what it refuses, and why, is the guard's to say
    } catch (RedisException gone) {
      return false;
    } finally {
      loading = false;
    }
  }

  private void changed() {
    onChange.forEach(listener -> loops.guard("redis-change", listener));
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
    connector.interrupt();
    try {
      // Else it would connect by event loops that are gone, which they tell in a page of log.
      connector.endWithin(CLOSE_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.shutdown(Duration.ZERO, CLOSE_LIMIT);
    resources.shutdown(0, CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }
}
