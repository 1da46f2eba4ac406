package io.sunchak.simulator.redis.lua;

import io.sunchak.simulator.redis.store.RedisErrorException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;

/**
 * Compiles each script once and runs it, for any number of Redises. A script cannot leave anything
 * behind: its globals are read-only. It keeps every script that it has seen. Not thread-safe, and
 * no script runs inside another one.
 */
public final class LuaScripts {
  private static final ThreadLocal<LuaScripts> OF_THREAD = ThreadLocal.withInitial(LuaScripts::new);

  private static final LuaValue KEYS = LuaValue.valueOf("KEYS");
  private static final LuaValue ARGV = LuaValue.valueOf("ARGV");

  private final Map<String, LuaValue> compiled = new HashMap<>();
  private final Globals globals;
  private @Nullable ScriptCaller caller;

  private LuaScripts() {
    globals = Dialect.globals(() -> Objects.requireNonNull(caller));
  }

  /** The calling thread's. */
  public static LuaScripts ofThread() {
    return OF_THREAD.get();
  }

  /**
   * Runs it.
   *
   * @return the reply, as {@link ScriptCaller} gives one
   * @throws RedisErrorException with the error that Redis would give; what the script wrote before
   *     stays
   * @throws UnsupportedOperationException when it uses what Redis has and this has not
   */
  public @Nullable Object run(
      String script, List<String> keys, List<String> args, ScriptCaller redis) {
    LuaValue chunk = compiled.computeIfAbsent(script, this::compile);
    globals.rawset(KEYS, Values.strings(keys));
    globals.rawset(ARGV, Values.strings(args));
    caller = redis;
    try {
      return Values.toReply(chunk.call());
    } catch (LuaError error) {
      throw failure(error);
    } finally {
      caller = null;
    }
  }

  private LuaValue compile(String script) {
    try {
      byte[] text = script.getBytes(StandardCharsets.ISO_8859_1);
      return globals.load(new ByteArrayInputStream(text), "@user_script", "t", globals);
    } catch (LuaError error) {
      throw new RedisErrorException("ERR Error compiling script: " + error.getMessage());
    }
  }

  private static RuntimeException failure(LuaError error) {
    if (error.getCause() instanceof UnsupportedOperationException unsupported) {
      return unsupported;
    }
    LuaValue raised = error.getMessageObject();
    LuaValue message = raised != null && raised.istable() ? raised.get("err") : LuaValue.NIL;
    if (message.isstring()) {
      return new RedisErrorException(Values.bytes(message.checkstring()));
    }
    return new RedisErrorException("ERR " + error.getMessage());
  }
}
