package io.sunchak.simulator.redis.lua;

import io.sunchak.simulator.redis.store.RedisErrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/** {@code redis.call}, which raises an error reply, and {@code redis.pcall}, which returns it. */
final class RedisFunction extends VarArgFunction {
  private final Supplier<ScriptCaller> caller;
  private final boolean raises;

  RedisFunction(Supplier<ScriptCaller> caller, boolean raises) {
    this.caller = caller;
    this.raises = raises;
  }

  @Override
  public Varargs invoke(Varargs args) {
    try {
      List<String> words = words(args);
      String command = words.getFirst();
      return Values.toLua(caller.get().call(command, words.subList(1, words.size())));
    } catch (RedisErrorException refused) {
      LuaValue error = Values.error(String.valueOf(refused.getMessage()));
      if (raises) {
        throw new LuaError(error);
      }
      return error;
    }
  }

  private static List<String> words(Varargs args) {
    int count = args.narg();
    if (count == 0) {
      throw new RedisErrorException(
          "ERR Please specify at least one argument for this redis lib call");
    }
    List<String> words = new ArrayList<>(count);
    for (int i = 1; i <= count; i++) {
      words.add(word(args.arg(i)));
    }
    return words;
  }

  private static String word(LuaValue value) {
    return switch (value.type()) {
      case LuaValue.TSTRING -> Values.bytes(value.checkstring());
      case LuaValue.TNUMBER -> Numbers.general(value.todouble());
      default ->
          throw new RedisErrorException(
              "ERR Lua redis lib command arguments must be strings or integers");
    };
  }
}
