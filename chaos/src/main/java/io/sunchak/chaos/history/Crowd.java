package io.sunchak.chaos.history;

import io.sunchak.chaos.cluster.Cluster;
import io.sunchak.chaos.cluster.ServerChild;
import io.sunchak.chaos.schedule.Schedule;
import io.sunchak.core.CampaignId;
import io.sunchak.judge.Invocation;
import io.sunchak.load.Answer;
import io.sunchak.load.ApiClient;
import io.sunchak.load.HttpCall;
import io.sunchak.token.TokenSigner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The users of one campaign. Each comes at a moment of their own and presses until they know: a
 * coupon, or the campaign's own no. No answer and each 503 means to press again, mostly on the
 * other server. Some press twice at once, on both servers. Everything is recorded.
 */
public final class Crowd implements AutoCloseable {
  private static final Duration CALL = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration TOKEN_LIFE = Duration.ofHours(6);
  private static final int AT_ONCE = 200;
  private static final int FIRST_PAUSE_MILLIS = 30;
  private static final int LONGEST_PAUSE_MILLIS = 500;
  private static final int ONE_IN_DOUBLE = 16;

  private final String path;
  private final TokenSigner signer;
  private final Schedule schedule;
  private final List<ApiClient> servers;
  private final Queue<Press> history = new ConcurrentLinkedQueue<>();
  private final Queue<String> unclean = new ConcurrentLinkedQueue<>();
  private final Queue<String> unknowing = new ConcurrentLinkedQueue<>();

  /** A crowd before the servers of this cluster. */
  public Crowd(Cluster cluster, CampaignId campaign, Schedule schedule) {
    this.path = "/api/v1/campaigns/" + campaign + "/issues";
    this.signer = cluster.signer();
    this.schedule = schedule;
    this.servers =
        cluster.servers().stream()
            .map(ServerChild::url)
            .map(url -> new ApiClient(url, AT_ONCE, CALL))
            .toList();
  }

  /** All of them; returns when the last one knows, or has lost patience. */
  public void press() throws InterruptedException {
    long start = System.nanoTime();
    forEachUser(user -> {
      SplittableRandom random = new SplittableRandom(schedule.seed() * schedule.users() + user);
      Thread.sleep(
          Duration.ofNanos(
              start + random.nextLong(schedule.arrival().toNanos()) - System.nanoTime()));
      press(user, random);
    });
  }

  /** Each of them once more, on a server of chance: everybody is to be told the same again. */
  public void askAgain() throws InterruptedException {
    forEachUser(user -> {
      SplittableRandom random = new SplittableRandom(~schedule.seed() * schedule.users() + user);
      pressUntilKnown(user, random, random.nextInt(servers.size()));
    });
  }

  private interface Deed {
    void of(int user) throws InterruptedException;
  }

  private void forEachUser(Deed deed) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 1; i <= schedule.users(); i++) {
        int user = i;
        all.add(
            threads.submit(() -> {
              deed.of(user);
              return user;
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a user failed", e);
    }
  }

  private void press(int user, SplittableRandom random) throws InterruptedException {
    int first = random.nextInt(servers.size());
    if (random.nextInt(ONE_IN_DOUBLE) == 0) {
      SplittableRandom other = random.split();
      Thread second =
          Thread.startVirtualThread(() -> {
            try {
              pressUntilKnown(user, other, (first + 1) % servers.size());
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      pressUntilKnown(user, random, first);
      second.join();
    } else {
      pressUntilKnown(user, random, first);
    }
  }

  private void pressUntilKnown(int user, SplittableRandom random, int first)
      throws InterruptedException {
    String name = "u" + user;
    HttpCall call = HttpCall.post(path, signer.sign(name, false, TOKEN_LIFE));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int server = first;
    int pause = FIRST_PAUSE_MILLIS;
    while (!knows(name, server, servers.get(server).send(call).join())) {
      if (System.nanoTime() - deadline > 0) {
        unknowing.add(name);
        return;
      }
      Thread.sleep(pause + random.nextInt(pause));
      pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
      server = random.nextInt(4) == 0 ? server : (server + 1) % servers.size();
    }
  }

  private boolean knows(String user, int server, Answer answer) {
    Invocation seen =
        new Invocation(user, answer.sentNanos(), answer.completedNanos(), answer.result());
    history.add(new Press(seen, server, answer.status()));
    if (!answer.isAllowed()) {
      unclean.add(user + ": " + answer);
    }
    return answer.isFinal();
  }

  /** What was asked and told so far. */
  public List<Press> history() {
    return List.copyOf(history);
  }

  /** Answers that the API does not know. */
  public List<String> unclean() {
    return List.copyOf(unclean);
  }

  /** Users who did not learn in time whether they have a coupon. */
  public List<String> unknowing() {
    return List.copyOf(unknowing);
  }

  @Override
  public void close() {
    servers.forEach(ApiClient::close);
  }
}
