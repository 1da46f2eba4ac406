package io.sunchak.simulator.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sunchak.simulator.redis.store.RedisErrorException;
import io.sunchak.simulator.redis.store.Snapshot;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Crashes, copies and the time. */
final class MemoryRedisTest {
  private static final String TWO_WRITES =
      "redis.call('SET', 'a', '1') redis.call('HSET', 'h', 'f', '1') return redis.call('TIME')";
  private static final String DIGEST_OF_TWO_WRITES = "c3295c778ce1411649d2b7aa9d812f7779a42aef";

  private Instant now = Instant.parse("2026-11-27T00:00:01.234567891Z");
  private final MemoryRedis redis = new MemoryRedis(() -> now);

  private @Nullable Object call(String command, String... args) {
    return redis.call(command, List.of(args));
  }

  @Test
  void the_time_is_the_callers_in_microseconds() {
    assertThat(redis.evaluate(TWO_WRITES, List.of(), List.of()))
        .isEqualTo(List.of("1795737601", "234567"));
    now = now.plusSeconds(1);
    assertThat(call("TIME")).isEqualTo(List.of("1795737602", "234567"));
  }

  @Test
  void a_script_is_one_write_and_vanishes_whole() {
    call("SET", "a", "0");
    Snapshot before = redis.snapshot();
    redis.evaluate(TWO_WRITES, List.of(), List.of());
    assertThat(redis.writes()).isEqualTo(2);
    redis.rollBackTo(1);
    assertThat(redis.snapshot()).isEqualTo(before);
    assertThat(redis.writes()).isEqualTo(1);
  }

  @Test
  void what_changes_nothing_is_no_write() {
    call("GET", "a");
    call("DEL", "a");
    assertThat(redis.writes()).isZero();
  }

  @Test
  void a_script_that_breaks_off_has_written_what_came_before() {
    assertThatExceptionOfType(RedisErrorException.class)
        .isThrownBy(() -> redis.evaluate(TWO_WRITES + " + nil", List.of(), List.of()))
        .withMessageStartingWith("ERR ");
    assertThat(call("GET", "a")).isEqualTo("1");
    redis.rollBackTo(0);
    assertThat(call("GET", "a")).isNull();
  }

  @Test
  void an_emptied_one_can_be_rolled_back() {
    call("SET", "a", "1");
    call("FLUSHALL");
    assertThat(call("TYPE", "a")).isEqualTo("none");
    redis.rollBackTo(1);
    assertThat(call("GET", "a")).isEqualTo("1");
  }

  @Test
  void no_more_is_rolled_back_than_is_known() {
    call("SET", "a", "1");
    assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> redis.rollBackTo(2));
    redis.restore(redis.snapshot());
    assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> redis.rollBackTo(0));
  }

  @Test
  void a_copy_is_not_changed_by_what_follows() {
    call("HSET", "h", "f", "1");
    call("XADD", "s", "1-1", "f", "1");
    Snapshot copy = redis.snapshot();
    call("HSET", "h", "f", "2");
    call("XADD", "s", "1-2", "f", "1");
    assertThat(redis.snapshot()).isNotEqualTo(copy);
    redis.restore(copy);
    call("HSET", "h", "f", "3");
    redis.restore(copy);
    assertThat(call("HGET", "h", "f")).isEqualTo("1");
    assertThat(call("XADD", "s", "1-2", "f", "1")).isEqualTo("1-2");
  }

  @Test
  void another_process_knows_no_script_and_holds_the_same() {
    String info = String.valueOf(call("INFO", "server"));
    assertThatExceptionOfType(RedisErrorException.class)
        .isThrownBy(() -> call("EVALSHA", DIGEST_OF_TWO_WRITES, "0"))
        .withMessageStartingWith("NOSCRIPT ");
    call("EVAL", TWO_WRITES, "0");
    call("EVALSHA", DIGEST_OF_TWO_WRITES, "0");
    redis.restart();
    assertThatExceptionOfType(RedisErrorException.class)
        .isThrownBy(() -> call("EVALSHA", DIGEST_OF_TWO_WRITES, "0"));
    assertThat(call("GET", "a")).isEqualTo("1");
    assertThat(call("INFO", "server")).isNotEqualTo(info);
  }

  @Test
  void what_redis_has_and_this_has_not_is_no_error_of_redis() {
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> call("XADD", "s", "*", "f", "1"));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() ->
            redis.evaluate("return redis.call('XADD', 's', '*', 'f', '1')", List.of(), List.of()));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> redis.evaluate("return string.format('%q', 1)", List.of(), List.of()));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> redis.evaluate("return {1, {err = 'x'}}", List.of(), List.of()));
  }

  @Test
  void two_redises_share_scripts_and_nothing_else() {
    MemoryRedis other = new MemoryRedis(() -> now);
    redis.evaluate(TWO_WRITES, List.of(), List.of());
    assertThat(other.evaluate("return redis.call('GET', 'a')", List.of(), List.of())).isNull();
  }
}
