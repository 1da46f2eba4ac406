package io.sunchak.simulator.redis.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import io.sunchak.simulator.redis.MemoryRedis;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script can say is the same in the memory Redis, beyond what today's scripts say. */
@ExtendWith(EnginesExtension.class)
final class DialectIT {
  @AutoClose private static RealRedis real;

  private final MemoryRedis memory = new MemoryRedis(() -> Instant.EPOCH);

  @BeforeAll
  static void connect(EmbeddedEngines engines) throws IOException {
    real = new RealRedis(URI.create(engines.redisUri()), Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return 3.99",
        "return -3.99",
        "return {math.huge, -math.huge, 0 / 0, 1e19, -2 ^ 63, 2 ^ 63}",
        "return string.format('%d %d', 1e19, -1e19)",
        "return true",
        "return false",
        "return nil",
        "return",
        "return {1, 2, nil, 4}",
        "return {1, false, {'a', {}}, 'é'}",
        "return redis.status_reply('FINE')",
        "return redis.error_reply('MINE is wrong')",
        "return {err = 'MINE is wrong'}",
        "return error({err = 'MINE is wrong'})",
        "return error('no')",
        "return error(5)",
        "return nothing",
        "nothing = 1",
        "return redis.call('NOTHING')",
        "return redis.call()",
        "return redis.call('GET')",
        "return redis.call('GET', {})",
        "return redis.pcall('GET', true)",
        "return redis.pcall('GET').err ~= nil",
        "return redis.call('SET', KEYS[1], 'x')",
        "return {redis.call('SET', KEYS[1], 0.1), redis.call('GET', KEYS[1])}",
        "return {redis.call('SET', KEYS[1], 1e15), redis.call('GET', KEYS[1])}",
        "return {redis.call('SET', KEYS[1], -1e17), redis.call('GET', KEYS[1])}",
        "return {redis.call('SET', KEYS[1], 1.5e-7), redis.call('GET', KEYS[1])}",
        "return {redis.call('SET', KEYS[1], 2 ^ 53 + 2), redis.call('GET', KEYS[1])}",
        "return {redis.call('SET', KEYS[1], -1 / 3), redis.call('GET', KEYS[1])}",
        "return {redis.call('SET', KEYS[1], math.huge), redis.call('GET', KEYS[1])}",
        "return {redis.call('SET', KEYS[1], 'a\\0\\255b'), #redis.call('GET', KEYS[1])}",
        "return string.format('%.0f %.0f %.0f %.0f', 0.5, 1.5, 2.5, -0.4)",
        "return string.format('%.2f %.3f %.0f', 1.005, -2.0005, 1e22)",
        "return string.format('%d %d %s %%', 3.7, -3.7, 'x')",
        "return string.format('%.0f', 0 / 1)",
        "return string.format('%d')",
        "return string.format('%.1f', 'x')",
        "return {tonumber('0x1F'), tonumber(' 12 '), tonumber('1e2'), tonumber('12a') == nil}",
        "return {tonumber('') == nil, tonumber('0x') == nil, tonumber('.') == nil}",
        "return {tonumber('9007199254740993') == 2 ^ 53, tonumber('99999999999999999999') == 1e20}",
        "return {tonumber('18446744073709551616') == 2 ^ 64, tonumber('inf') == math.huge}",
        "return {tonumber(nil) == nil}",
        "return {tonumber('11', 2), tonumber(5), tonumber({}) == nil}",
        "return {unpack({1, 2, 3}, 2)}",
        "return {unpack({}, 1)}",
        "return {select('#', unpack({1, nil, 3}, 1, 3))}",
        "return {'10' + 5, '0x10' * 1, 10 .. ''}",
        "return {string.match('7-12', '^(%d+)-'), string.gsub('a b c', ' ', ' ')}",
        "return {#'é', ('x'):rep(3), ('abc'):sub(-2), ('é'):byte(1, -1)}",
        "return table.concat({1, 'a', 2}, ' ')",
        "return {math.floor(-1.5), math.floor(1e15 + 0.5), 7 % -3, -7 % 3}",
        "return {1 < 2, 'a' < 'b', '10' < '9', 2 == '2'}",
        "return 1 < 'x'",
        "return ('x').y.z",
        "return {type(redis.call('GET', KEYS[1])), type(redis.call('TYPE', KEYS[1]))}",
        "return #KEYS + #ARGV",
        "return {KEYS[1], ARGV[1], ARGV[2], ARGV[4]}",
        "local t = {} for i, v in ipairs({1, 2, nil, 4}) do t[i] = v end return t",
        "local t = {5, 3, 4} table.sort(t) return t",
        "if x then",
      })
  void a_script_says_the_same(String script) throws IOException {
    List<String> words = List.of(script, "1", "{c:dialect}:key", "한글", "", "c");
    Step step = new Step("EVAL", List.of(), words, 0);
    Step delete = new Step("DEL", List.of(), List.of("{c:dialect}:key"), 0);
    real.ask(step);
    real.ask(delete);
    Object answer = real.answer(step);
    real.answer(delete);
    assertThat(step.answer(() -> memory.call("EVAL", words))).isEqualTo(answer);
  }

  @Test
  void it_says_of_itself_what_a_server_of_ours_says() throws IOException {
    for (String setting :
        List.of("appendonly", "appendfsync", "no-appendfsync-on-rewrite", "maxmemory-policy")) {
      Step step = new Step("CONFIG", List.of(), List.of("GET", setting), 0);
      real.ask(step);
      assertThat(step.answer(() -> memory.call("CONFIG", step.args())))
          .isEqualTo(real.answer(step));
    }
    for (String section : List.of("server", "replication", "persistence")) {
      Step step = new Step("INFO", List.of(), List.of(section), 0);
      real.ask(step);
      String said = String.valueOf(real.answer(step));
      assertThat(String.valueOf(memory.call("INFO", step.args())).lines())
          .isNotEmpty()
          .allMatch(line -> said.contains("\n" + line.replaceFirst(":memory.*", ":")));
    }
  }
}
