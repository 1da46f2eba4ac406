package io.sunchak.admission.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.sunchak.admission.testing.RedisProcess;
import io.sunchak.admission.testing.TestRedis;
import io.sunchak.core.log.LogException;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import io.sunchak.embedded.testing.FaultProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the guard lets through, and what it names. */
@ExtendWith(EnginesExtension.class)
final class RedisGuardIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Pattern BULK = Pattern.compile("\\$\\d+\r\n([^\r\n]*)\r\n");
  @AutoClose private static RedisProcess process;
  @AutoClose private static TestRedis redis;
  @AutoClose private static RedisLink link;

  @BeforeAll
  static void start(EmbeddedEngines engines) {
    process = new RedisProcess(engines);
    redis = new TestRedis(process.uri(), process.uri());
    link = connected(process.uri());
  }

  @AfterEach
  void makeSafeAgain() {
    root().replicaofNoOne();
    for (String[] setting :
        new String[][] {
          {"appendonly", "yes"},
          {"appendfsync", "always"},
          {"no-appendfsync-on-rewrite", "no"},
          {"maxmemory-policy", "noeviction"}
        }) {
      root().configSet(setting[0], setting[1]);
    }
    RedisGuard guard = new RedisGuard(link);
    await().atMost(LIMIT).untilAsserted(() -> assertThat(guard.unsafeSetting()).isEmpty());
  }

  @Test
  void a_safe_redis_passes_and_nothing_of_the_trial_stays() {
    assertThat(new RedisGuard(link).unsafeSetting()).isEmpty();
    assertThat(root().keys("*")).isEmpty();
  }

  @Test
  void every_script_and_the_trials_own_is_run_before_the_first_user() throws IOException {
    root().scriptFlush();
    assertThat(new RedisGuard(link).unsafeSetting()).isEmpty();
    try (Stream<Path> scripts = Files.list(Path.of("src", "main", "resources", "lua"))) {
      assertThat(root().info("memory"))
          .contains("number_of_cached_scripts:" + (scripts.count() + 1));
    }
  }

  @Test
  void the_embedded_redis_passes_with_the_servers_own_rights(EmbeddedEngines engines) {
    try (RedisLink server = connected(engines.redisServerUri());
        TestRedis shared = new TestRedis(engines.redisUri(), engines.redisServerUri())) {
      assertThat(new RedisGuard(server).unsafeSetting()).isEmpty();
      assertThat(shared.root().clientList()).contains("user=sunchak", "name=test-guard");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "appendonly, no",
    "appendfsync, everysec",
    "appendfsync, no",
    "no-appendfsync-on-rewrite, yes",
    "maxmemory-policy, allkeys-lru",
    "maxmemory-policy, volatile-ttl"
  })
  void an_unsafe_setting_is_named_with_what_it_must_be(String setting, String value) {
    RedisGuard guard = new RedisGuard(link);
    String safe = root().configGet(setting).get(setting);
    root().configSet(setting, value);
    assertThat(guard.unsafeSetting())
        .hasValue("Redis: " + setting + " is " + value + " and must be " + safe);
  }

  @Test
  void a_replica_is_refused() {
    RedisGuard guard = new RedisGuard(link);
    root().replicaof("127.0.0.1", 1);
    assertThat(guard.unsafeSetting())
        .hasValueSatisfying(unsafe -> assertThat(unsafe).contains("replica", "primary"));
  }

  /** Until the first rewrite has ended, a kill loses everything: its file is still empty. */
  @Test
  void a_log_that_was_just_switched_on_is_refused_until_it_is_whole() {
    RedisGuard guard = new RedisGuard(link);
    root().configSet("appendonly", "no");
    // Slow enough to be looked at: a second a key, for one key.
    root().set("{c:slow}:key", "x");
    root().configSet("rdb-key-save-delay", "1000000");
    try {
      root().configSet("appendonly", "yes");
      assertThat(guard.unsafeSetting())
          .hasValueSatisfying(unsafe -> assertThat(unsafe).contains("just switched on"));
    } finally {
      root().configSet("rdb-key-save-delay", "0");
      root().del("{c:slow}:key");
    }
  }

  /** A drop's first 64 MB on a new Redis: every node would have refused while it was rewritten. */
  @Test
  void the_first_rewrite_of_a_log_that_was_on_from_the_start_is_no_danger(EmbeddedEngines engines) {
    try (RedisProcess fresh = new RedisProcess(engines);
        TestRedis its = new TestRedis(fresh.uri(), fresh.uri());
        RedisLink to = connected(fresh.uri())) {
      RedisCommands<String, String> commands = its.root();
      commands.configSet("rdb-key-save-delay", "1000000");
      commands.configSet("auto-aof-rewrite-min-size", "1000");
      commands.set("{c:slow}:key", "x".repeat(2_000));
      await()
          .atMost(LIMIT)
          .until(() -> commands.info("persistence").contains("aof_rewrite_in_progress:1"));

      assertThat(new RedisGuard(to).unsafeSetting()).isEmpty();
      assertThat(commands.info("persistence"))
          .contains("aof_rewrite_in_progress:1", "aof_base_size:0");
    }
  }

  /** Right in all but this one answer, as a fork or a proxy of Redis may be. */
  @ParameterizedTest
  @CsvSource({
    "fence.lua, FENCED, FANCED",
    "clear.lua, CLEARED, CLAIMED",
    "load.lua, LOADED, LOANED",
    "open.lua, OPENED, OPINED",
    "reserve.lua, 1 +, 1 PAUSED",
    "configure.lua, APPLIED 3 0, APPLIED 2 0",
    "drain_read.lua, OK, EPOCH",
    "archive.lua, ARCHIVED, ARRIVED"
  })
  void an_unexpected_answer_of_a_script_is_named_as_long_as_it_comes(
      String script, String right, String wrong) {
    URI uri = URI.create(process.uri());
    try (FaultProxy proxy = new FaultProxy(uri.getPort());
        RedisLink between = connected("redis://127.0.0.1:" + proxy.port())) {
      RedisGuard guard = new RedisGuard(between);
      proxy.changeReplies(reply -> changed(reply, right, wrong));

      for (int look = 0; look < 2; look++) {
        assertThat(guard.unsafeSetting())
            .hasValueSatisfying(
                unsafe -> assertThat(unsafe).startsWith("Redis: " + script).contains(wrong));
        assertThat(root().keys("*")).isEmpty();
      }
      proxy.changeReplies(reply -> reply);
      assertThat(guard.unsafeSetting()).isEmpty();
    }
  }

  /** The second of the two calls of a script that is called twice. */
  @Test
  void an_unexpected_answer_of_a_later_call_is_named() {
    URI uri = URI.create(process.uri());
    AtomicInteger calls = new AtomicInteger();
    try (FaultProxy proxy = new FaultProxy(uri.getPort());
        RedisLink between = connected("redis://127.0.0.1:" + proxy.port())) {
      proxy.changeReplies(reply ->
          reply.contains("APPLIED") && calls.incrementAndGet() == 2
              ? changed(reply, "APPLIED 3 0", "STALE")
              : reply);

      assertThat(new RedisGuard(between).unsafeSetting())
          .hasValueSatisfying(
              unsafe -> assertThat(unsafe).contains("configure.lua answered 'STALE'"));
    }
  }

  /** A string that ends so, ended otherwise and with its length told anew. */
  private static String changed(String reply, String right, String wrong) {
    return BULK.matcher(reply)
        .replaceAll(bulk -> {
          String text = bulk.group(1);
          if (!text.endsWith(right)) {
            return Matcher.quoteReplacement(bulk.group());
          }
          String said = text.substring(0, text.length() - right.length()) + wrong;
          return Matcher.quoteReplacement("$%d\r\n%s\r\n".formatted(said.length(), said));
        });
  }

  /** Each right of the bundled Redis' user, which is the list of docs/operations.md. */
  @TestFactory
  Stream<DynamicTest> each_right_is_needed_and_named_when_it_is_missing(EmbeddedEngines engines) {
    List<String> rights = rights(engines);
    assertThat(rights).hasSize(21);
    return rights.stream()
        .map(right -> DynamicTest.dynamicTest(right, () -> assertNamedWithout(right, rights)));
  }

  private static List<String> rights(EmbeddedEngines engines) {
    try (TestRedis shared = new TestRedis(engines.redisUri(), engines.redisServerUri())) {
      return Stream.of(commandsOf(shared.root().aclGetuser("sunchak")).split(" "))
          .filter(rule -> rule.startsWith("+"))
          // Redis 7 takes a connection's name as it says hello, and older ones by this.
          .filter(rule -> !rule.equals("+client|setname"))
          .toList();
    }
  }

  private static String commandsOf(List<Object> user) {
    return user.get(user.indexOf("commands") + 1).toString();
  }

  private static void assertNamedWithout(String right, List<String> rights) {
    CommandArgs<String, String> poor = new CommandArgs<>(StringCodec.UTF8);
    poor.add("SETUSER").addValues("poor", "reset", "on", ">secret", "~{c:*");
    rights.stream().filter(other -> !other.equals(right)).forEach(poor::add);
    root().dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), poor);
    try (RedisLink link = connected(process.uri().replace("//", "//poor:secret@"))) {
      assertThatThrownBy(() -> new RedisGuard(link).refuseLasting())
          .isInstanceOf(LogException.class)
          .hasMessageContaining("NOPERM")
          .hasMessageContaining("'" + right.substring(1) + "'")
          .hasMessageContaining("docs/operations.md");
    } finally {
      root().aclDeluser("poor");
    }
  }

  private static RedisCommands<String, String> root() {
    return redis.root();
  }

  private static RedisLink connected(String uri) {
    RedisLink made = new RedisLink(uri, "test-guard", LIMIT, LoopListener.NONE);
    await().atMost(LIMIT).until(() -> made.connectionNumber().isPresent());
    return made;
  }
}
