package io.sunchak.simulator.redis.lua;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/**
 * {@code string.format} with {@code %d}, {@code %s}, {@code %%} and {@code %.Nf} for one digit N:
 * LuaJ's own is slow and depends on the machine's locale.
 */
final class StringFormat extends VarArgFunction {
  @Override
  public Varargs invoke(Varargs args) {
    String format = Values.bytes(args.checkstring(1));
    StringBuilder text = new StringBuilder();
    int next = 2;
    for (int at = 0; at < format.length(); at++) {
      char c = format.charAt(at);
      if (c != '%') {
        text.append(c);
        continue;
      }
      String kind = kind(format, at + 1);
      at += kind.length();
      if (kind.equals("%")) {
        text.append('%');
      } else {
        text.append(written(kind, argument(args, next++)));
      }
    }
    return Values.string(text.toString());
  }

  private static String kind(String format, int at) {
    if (at < format.length() && "ds%".indexOf(format.charAt(at)) >= 0) {
      return format.substring(at, at + 1);
    }
    if (format.startsWith(".", at)
        && format.startsWith("f", at + 2)
        && Character.isDigit(format.charAt(at + 1))) {
      return format.substring(at, at + 3);
    }
    throw new UnsupportedOperationException("string.format('" + format + "')");
  }

  private static LuaValue argument(Varargs args, int index) {
    if (index > args.narg()) {
      throw new LuaError("bad argument #" + index + " to 'format' (no value)");
    }
    return args.arg(index);
  }

  private static String written(String kind, LuaValue value) {
    return switch (kind) {
      case "s" -> Values.bytes(value.checkstring());
      case "d" -> Long.toString(Numbers.whole(value.checkdouble()));
      default -> Numbers.fixed(value.checkdouble(), kind.charAt(1) - '0');
    };
  }
}
