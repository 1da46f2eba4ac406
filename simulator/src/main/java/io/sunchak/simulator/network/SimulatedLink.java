package io.sunchak.simulator.network;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.PushHandler;
import io.lettuce.core.protocol.RedisCommand;
import io.sunchak.admission.link.Link;
import io.sunchak.core.log.LogException;
import io.sunchak.simulator.time.Host;
import io.sunchak.simulator.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A node's link to the simulated Redis, with {@code RedisLink}'s steps: a lost connection is seen
 * after a while, told, and replaced. Lettuce's commands, codec and replies are its own; only the
 * channel is simulated. Not thread-safe.
 */
public final class SimulatedLink implements Link {
  private static final Duration RETRY = Duration.ofMillis(50);
  private static final Duration GRACE = Duration.ofMillis(100);

  private final Network network;
  private final Scheduler scheduler;
  private final Host client;
  private final String name;
  private final Duration limit;
  private final List<Runnable> onChange = new ArrayList<>();
  private @Nullable Established established;
  private @Nullable Connection channel;
  private List<RedisCommand<?, ?, ?>> resent = List.of();
  private long made;
  private long lastWrite;

  /**
   * Begins to connect.
   *
   * @param name of its connections, in Redis
   * @param limit after which an answer counts as lost
   */
  public SimulatedLink(Network network, Host client, String name, Duration limit) {
    this.network = network;
    this.scheduler = network.scheduler();
    this.client = client;
    this.name = name;
    this.limit = limit;
    scheduler.after(0, client, this::connect);
  }

  private void connect() {
    Host process = network.redis().process();
    if (process == null || process.isPaused(scheduler.now())) {
      scheduler.after(RETRY, client, this::connect);
      return;
    }
    Connection connection = network.connect(client, name, limit, this::lost);
    channel = connection;
    resent.forEach(connection::write);
    resent = List.of();
    StatefulRedisConnectionImpl<String, String> commands =
        new StatefulRedisConnectionImpl<>(connection, new NoPushes(), StringCodec.UTF8, limit);
    commands.setOptions(ClientOptions.create());
    established = new Established(++made, commands, this::inOrder, new CountDownLatch(1));
    onChange.forEach(Runnable::run);
  }

  /** The event loop makes the writes one after the other, a little later. */
  private void inOrder(Runnable write) {
    lastWrite = Math.max(lastWrite, scheduler.now() + network.random().nextLong(20_000));
    network.at(lastWrite, client, write);
  }

  /** The connection has ended; the connector sees it after a while. */
  private void lost() {
    scheduler.after(network.random().nextLong(200_000), client, this::replace);
  }

  private void replace() {
    Connection ended = channel;
    resent = ended == null ? List.of() : ended.takeUnanswered();
    established = null;
    channel = null;
    onChange.forEach(Runnable::run);
    scheduler.after(RETRY, client, this::connect);
  }

  @Override
  public void onChange(Runnable listener) {
    onChange.add(listener);
  }

  @Override
  public @Nullable Established established() {
    return established;
  }

  @Override
  public void giveUp(@Nullable Established doubtful) {
    Established now = established;
    if (doubtful != null && now != null && doubtful.number() == now.number()) {
      established = null;
      Connection end = channel;
      if (end != null) {
        scheduler.after(network.random().nextLong(200_000), client, end::close);
      }
    }
  }

  @Override
  public Optional<String> firstAttempt() {
    return Optional.empty();
  }

  @Override
  public <T> T await(CompletionStage<T> answer) {
    Established asked = established;
    CompletableFuture<T> future = answer.toCompletableFuture();
    if (!future.isDone() && !scheduler.await(future, limit.plus(GRACE).toNanos())) {
      giveUp(asked);
      throw new LogException("Redis did not answer within " + limit, null);
    }
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RedisCommandTimeoutException) {
        giveUp(asked);
      }
      throw new LogException(String.valueOf(e.getCause()), e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts", e);
    }
  }

  private static final class NoPushes implements PushHandler {
    @Override
    public void addListener(PushListener listener) {}

    @Override
    public void removeListener(PushListener listener) {}

    @Override
    public Collection<PushListener> getPushListeners() {
      return List.of();
    }
  }
}
