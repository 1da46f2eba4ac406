package io.sunchak.simulator.redis.lua;

import io.sunchak.simulator.redis.store.RedisErrorException;
import io.sunchak.simulator.redis.store.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** Redis' replies as Lua's values and back, by the rules of Redis' own documentation. */
final class Values {
  private static final LuaValue OK = LuaValue.valueOf("ok");
  private static final LuaValue ERR = LuaValue.valueOf("err");

  private Values() {}

  static LuaString string(String bytes) {
    return LuaString.valueUsing(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  static String bytes(LuaString text) {
    return new String(text.m_bytes, text.m_offset, text.m_length, StandardCharsets.ISO_8859_1);
  }

  static LuaTable strings(List<String> all) {
    LuaTable table = new LuaTable(all.size(), 0);
    for (int i = 0; i < all.size(); i++) {
      table.set(i + 1, string(all.get(i)));
    }
    return table;
  }

  static LuaTable error(String message) {
    return named(ERR, string(message));
  }

  static LuaTable status(LuaValue text) {
    return named(OK, text);
  }

  private static LuaTable named(LuaValue name, LuaValue value) {
    LuaTable table = new LuaTable();
    table.set(name, value);
    return table;
  }

  /** A missing value is {@code false}. */
  static LuaValue toLua(@Nullable Object reply) {
    return switch (reply) {
      case null -> LuaValue.FALSE;
      case Long number -> LuaInteger.valueOf(number);
      case String bytes -> string(bytes);
      case Status status -> status(string(status.text()));
      case List<?> all -> {
        LuaTable table = new LuaTable(all.size(), 0);
        for (int i = 0; i < all.size(); i++) {
          table.set(i + 1, toLua(all.get(i)));
        }
        yield table;
      }
      default -> throw new IllegalArgumentException("no reply: " + reply.getClass());
    };
  }

  /**
   * A number loses its fraction, and a table ends before its first {@code nil}.
   *
   * @throws RedisErrorException when it is an error reply
   */
  static @Nullable Object toReply(LuaValue value) {
    return switch (value.type()) {
      case LuaValue.TSTRING -> bytes(value.checkstring());
      case LuaValue.TNUMBER -> Numbers.whole(value.todouble());
      case LuaValue.TBOOLEAN -> value.toboolean() ? 1L : null;
      case LuaValue.TTABLE -> toReply(value.checktable());
      default -> null;
    };
  }

  private static Object toReply(LuaTable table) {
    LuaValue error = table.rawget(ERR);
    if (error.isstring()) {
      throw new RedisErrorException(bytes(error.checkstring()));
    }
    LuaValue status = table.rawget(OK);
    if (status.isstring()) {
      return new Status(bytes(status.checkstring()));
    }
    List<@Nullable Object> all = new ArrayList<>();
    for (int i = 1; !table.rawget(i).isnil(); i++) {
      LuaValue one = table.rawget(i);
      if (one.istable() && one.checktable().rawget(ERR).isstring()) {
        throw new UnsupportedOperationException("an error inside a reply");
      }
      all.add(toReply(one));
    }
    return all;
  }
}
