package io.sunchak.simulator.redis.lua;

import io.sunchak.simulator.redis.store.RedisErrorException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the commands of a script. */
@FunctionalInterface
public interface ScriptCaller {
  /**
   * The reply, as {@link io.sunchak.simulator.redis.store.Commands} gives it.
   *
   * @throws RedisErrorException with Redis' error
   */
  @Nullable Object call(String command, List<String> args);
}
