package io.sunchak.chaos.faults;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.sunchak.chaos.cluster.Cluster;
import io.sunchak.chaos.cluster.EngineChild;
import io.sunchak.chaos.schedule.Strike;
import io.sunchak.core.CampaignId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Kills and stops Redis, and takes its data away, in part or whole. */
final class RedisFaults {
  private static final Duration CALL = Duration.ofSeconds(3);
  private static final Duration READY = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final int START_MILLIS = 60;
  private static final int REWRITE_MILLIS = 30;
  private static final int LONGEST_TAIL = 4_096;

  private final Cluster cluster;
  private final EngineChild redis;
  private final String slot;
  private final List<String> keys;

  RedisFaults(Cluster cluster, CampaignId campaign) {
    this.cluster = cluster;
    this.redis = cluster.redis();
    this.slot = "{c:" + campaign + "}:";
    this.keys = List.of(slot + "meta", slot + "issued", slot + "log");
  }

  /** What is done to the data while Redis is dead. */
  private interface Change {
    void make(RedisFiles files) throws IOException;
  }

  void kill(Strike strike) throws InterruptedException, IOException {
    killFor(strike.lasting(), files -> {});
  }

  void killInStart(Strike strike) throws InterruptedException, IOException {
    redis.killAndWait();
    redis.launch();
    Thread.sleep(strike.choice() % START_MILLIS);
    killFor(strike.lasting(), files -> {});
  }

  void killInRewrite(Strike strike) throws InterruptedException, IOException {
    ask(RedisCommands::bgrewriteaof);
    Thread.sleep(strike.choice() % REWRITE_MILLIS);
    killFor(strike.lasting(), files -> {});
  }

  void tearWrite(Strike strike) throws InterruptedException, IOException {
    killFor(strike.lasting(), files -> files.addTornWrite(slot, strike.choice()));
  }

  void loseTail(Strike strike) throws InterruptedException, IOException {
    killFor(strike.lasting(), files -> files.cutTail(1 + strike.choice() % LONGEST_TAIL));
  }

  void deleteData(Strike strike) throws InterruptedException, IOException {
    killFor(strike.lasting(), RedisFiles::delete);
  }

  void rollBack(Strike strike) throws InterruptedException, IOException {
    RedisFiles files = new RedisFiles(cluster.engines().redisData());
    files.keepCopy();
    Thread.sleep(strike.lasting());
    killFor(Duration.ZERO, RedisFiles::restoreCopy);
  }

  private void killFor(Duration time, Change change) throws InterruptedException, IOException {
    redis.killAndWait();
    change.make(new RedisFiles(cluster.engines().redisData()));
    Thread.sleep(time);
    redis.launch();
  }

  /** Waits for it, so that the next fault finds a log that was read to its end. */
  void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + READY.toNanos();
    while (!redis.isReady() && System.nanoTime() - deadline < 0) {
      Thread.sleep(POLL);
    }
  }

  void stop(Strike strike) throws InterruptedException {
    redis.stop();
    Thread.sleep(strike.lasting());
    redis.goOn();
  }

  void killClients() {
    ask(root -> root.clientKill(KillArgs.Builder.typeNormal().skipme()));
  }

  void flushScripts() {
    ask(RedisCommands::scriptFlush);
  }

  void flush() {
    ask(RedisCommands::flushall);
  }

  void deleteKey(Strike strike) {
    ask(root -> root.del(keys.get(strike.choice() % keys.size())));
  }

  private void ask(Consumer<RedisCommands<String, String>> question) {
    RedisURI uri = RedisURI.create(cluster.engines().redisUri());
    uri.setTimeout(CALL);
    try (RedisClient client = RedisClient.create(uri)) {
      client.setOptions(ClientOptions.builder().autoReconnect(false).build());
      question.accept(client.connect().sync());
    }
  }
}
