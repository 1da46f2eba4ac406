package io.sunchak.simulator.network;

import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.protocol.ConnectionFacade;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.sunchak.simulator.time.Host;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One connection in place of Lettuce's channel. Commands arrive in the order in which they were
 * written, and so do replies; a cut may come between any two. What is on its way to Redis when the
 * connection ends may still arrive, up to any command, also after another connection was made. Not
 * thread-safe.
 */
final class Connection implements RedisChannelWriter {
  /** Lettuce wants some to be there; their threads begin when they are first used, so never. */
  private static final ClientResources RESOURCES = DefaultClientResources.create();

  private final Network network;
  private final Host client;
  private final String name;
  private final Duration limit;
  private final Runnable onLoss;
  private final Deque<RedisCommand<?, ?, ?>> unanswered = new ArrayDeque<>();
  private final Host wire;
  private boolean open = true;
  private boolean silent;
  private long lastArrival;
  private long lastReply;
  private int onTheirWay;
  private int mayArrive = Integer.MAX_VALUE;

  /**
   * One that stands.
   *
   * @param limit after which a command's answer counts as lost
   * @param onLoss called when the client sees its end
   */
  Connection(Network network, Host client, String name, Duration limit, Runnable onLoss) {
    this.network = network;
    this.client = client;
    this.name = name;
    this.limit = limit;
    this.onLoss = onLoss;
    this.wire = new Host(client + "-wire");
    network.redis().opened(this);
  }

  boolean isOpen() {
    return open;
  }

  Host client() {
    return client;
  }

  /** As Redis lists it. */
  String name() {
    return name;
  }

  @Override
  public <K, V, T> RedisCommand<K, V, T> write(RedisCommand<K, V, T> command) {
    if (!open) {
      command.completeExceptionally(
          new RedisException("Currently not connected. Commands are rejected."));
      return command;
    }
    List<String> words = Resp.words(command);
    unanswered.add(command);
    lastArrival = Math.max(lastArrival, network.now() + network.latency(client));
    onTheirWay++;
    network.at(lastArrival, wire, () -> arrive(command, words));
    network.after(limit, client, () -> expire(command));
    return command;
  }

  private void arrive(RedisCommand<?, ?, ?> command, List<String> words) {
    onTheirWay--;
    if (mayArrive-- > 0) {
      RedisProcess redis = network.redis();
      redis.arrive(new RedisProcess.Request(this, words, value -> reply(command, value)));
    }
  }

  /** Redis has sent a reply. */
  private void reply(RedisCommand<?, ?, ?> command, @Nullable Object value) {
    if (!open || silent) {
      return;
    }
    lastReply = Math.max(lastReply, network.now() + network.latency(client));
    network.at(lastReply, client, () -> read(command, value));
  }

  private void read(RedisCommand<?, ?, ?> command, @Nullable Object value) {
    if (open && !silent) {
      unanswered.remove();
      if (!command.isDone()) {
        Resp.answer(command, value);
      }
    }
  }

  private void expire(RedisCommand<?, ?, ?> command) {
    if (!command.isDone()) {
      command.completeExceptionally(
          new RedisCommandTimeoutException("Command timed out after " + limit));
    }
  }

  /** Cut, and the client sees it after a while. */
  void reset() {
    cut();
    network.after(network.latency(client), client, this::close);
  }

  /** The process at its other end has died: what is on its way to it arrives nowhere. */
  void die() {
    mayArrive = 0;
    reset();
  }

  /** Cut, and nobody says so. */
  void silence() {
    cut();
  }

  private void cut() {
    silent = true;
    mayArrive = Math.min(mayArrive, network.random().nextInt(onTheirWay + 1));
    network.redis().closed(this);
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      mayArrive = Math.min(mayArrive, network.random().nextInt(onTheirWay + 1));
      network.redis().closed(this);
      if (!network.resends()) {
        takeUnanswered()
            .forEach(lost -> lost.completeExceptionally(new RedisException("Connection closed")));
      }
      onLoss.run();
    }
  }

  /** The commands that still wait for an answer; it does not come by this connection. */
  List<RedisCommand<?, ?, ?>> takeUnanswered() {
    List<RedisCommand<?, ?, ?>> taken = new ArrayList<>(unanswered);
    unanswered.clear();
    taken.removeIf(RedisCommand::isDone);
    return taken;
  }

  @Override
  public <K, V> Collection<RedisCommand<K, V, ?>> write(
      Collection<? extends RedisCommand<K, V, ?>> commands) {
    List<RedisCommand<K, V, ?>> written = new ArrayList<>();
    for (RedisCommand<K, V, ?> command : commands) {
      written.add(write(command));
    }
    return written;
  }

  @Override
  public CompletableFuture<Void> closeAsync() {
    close();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void setConnectionFacade(ConnectionFacade connection) {}

  @Override
  public void setAutoFlushCommands(boolean autoFlush) {}

  @Override
  public void flushCommands() {}

  @Override
  public ClientResources getClientResources() {
    return RESOURCES;
  }
}
