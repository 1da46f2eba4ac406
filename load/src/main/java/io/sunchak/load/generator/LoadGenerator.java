package io.sunchak.load.generator;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.sunchak.judge.Invocation;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Sends a load from a few event loops and keeps every answer. Latency in an open loop counts from
 * the time at which a request was due, so that a stalled server is also charged for the requests
 * that could not be sent (coordinated omission). One load at a time.
 */
public final class LoadGenerator implements AutoCloseable {
  /** From this share of a core on, a loop counts as saturated. */
  private static final double BUSY = 0.95;

  private final MultiThreadIoEventLoopGroup loops;
  private final int threads;

  /**
   * The recorded run.
   *
   * @param startedNanos when the first request was due, {@link System#nanoTime}
   * @param startedAt the same by the wall clock
   * @param busiest the share of a core that the busiest loop took
   */
  public record Result(
      Recording recording,
      AnswerCodec codec,
      long startedNanos,
      Instant startedAt,
      double busiest) {
    /**
     * What the judge is given of one endpoint.
     *
     * @param number the endpoint's in the load
     */
    public List<Invocation> history(int number, Credentials users) {
      List<Invocation> history = new ArrayList<>();
      for (int i = 0; i < recording.size(); i++) {
        if (recording.endpoint(i) == number) {
          long answer = recording.answer(i);
          history.add(
              new Invocation(
                  users.name(recording.user(i)),
                  recording.sentAt(i),
                  answer == AnswerCodec.MISSING ? Long.MAX_VALUE : recording.doneAt(i),
                  codec.result(answer)));
        }
      }
      return history;
    }

    /** Whether the generator may have been slower than what it measured. */
    public boolean isBottleneck() {
      return busiest >= BUSY;
    }
  }

  /** A generator with this number of event loops. */
  public LoadGenerator(int threads) {
    this.threads = threads;
    IoHandlerFactory io =
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    this.loops =
        new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("load", true), io);
  }

  /**
   * Connects, sends, waits for the last answer. Blocks for at most {@code longest + patience} and
   * the time to connect.
   */
  public Result run(Load load) throws InterruptedException {
    AnswerCodec codec = new AnswerCodec();
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(new Worker(loops.next(), load, codec, i, threads));
    }
    join(workers.stream().map(Worker::connect).toList());
    long started = System.nanoTime();
    Instant startedAt = Instant.now();
    long[] before = workers.stream().mapToLong(LoadGenerator::cpu).toArray();
    join(workers.stream().map(worker -> worker.start(started)).toList());
    long wall = Math.max(1, System.nanoTime() - started);
    Recording all = new Recording();
    double busiest = 0;
    for (int i = 0; i < threads; i++) {
      busiest = Math.max(busiest, (double) (cpu(workers.get(i)) - before[i]) / wall);
      all.addAll(workers.get(i).recording());
    }
    return new Result(all, codec, started, startedAt, busiest);
  }

  private static void join(List<CompletableFuture<Void>> all) {
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
  }

  private static long cpu(Worker worker) {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(worker.threadId());
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
