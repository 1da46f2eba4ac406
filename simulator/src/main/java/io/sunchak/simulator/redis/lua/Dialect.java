package io.sunchak.simulator.redis.lua;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.OneArgFunction;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.StringLib;
import org.luaj.vm2.lib.TableLib;
import org.luaj.vm2.lib.ThreeArgFunction;
import org.luaj.vm2.lib.TwoArgFunction;
import org.luaj.vm2.lib.VarArgFunction;
import org.luaj.vm2.lib.jse.JseBaseLib;
import org.luaj.vm2.lib.jse.JseMathLib;

/**
 * What a script finds. LuaJ is a Lua 5.2 whose numbers are read and written Java's way, so {@code
 * unpack}, {@code tonumber} and {@code string.format} are this package's. What is not
 * deterministic, or not needed, is missing. Two differences stay: a number that is joined to a
 * string without {@code string.format} is written LuaJ's way from 1e14 on and when it has a
 * fraction, and there is no -0.
 */
final class Dialect {
  private static final List<String> MISSING =
      List.of(
          "package", "require", "dofile", "loadfile", "print", "collectgarbage", "pcall", "xpcall");

  private Dialect() {}

  static Globals globals(Supplier<ScriptCaller> caller) {
    Globals globals = new Globals();
    globals.load(new JseBaseLib());
    globals.load(new PackageLib());
    globals.load(new TableLib());
    globals.load(new StringLib());
    globals.load(new JseMathLib());
    LoadState.install(globals);
    LuaC.install(globals);
    MISSING.forEach(name -> globals.set(name, LuaValue.NIL));
    globals.get("math").set("random", LuaValue.NIL);
    globals.set("unpack", globals.get("table").get("unpack"));
    globals.set("tonumber", toNumber(globals.get("tonumber")));
    globals.get("string").set("format", new StringFormat());
    globals.set("redis", redis(caller));
    globals.setmetatable(readOnly());
    return globals;
  }

  private static LuaTable redis(Supplier<ScriptCaller> caller) {
    LuaTable redis = new LuaTable();
    redis.set("call", new RedisFunction(caller, true));
    redis.set("pcall", new RedisFunction(caller, false));
    redis.set("status_reply", one(Values::status));
    redis.set("error_reply", one(text -> Values.error(Values.bytes(text.checkstring()))));
    return redis;
  }

  private static LuaValue toNumber(LuaValue withBase) {
    return new VarArgFunction() {
      @Override
      public Varargs invoke(Varargs args) {
        LuaValue text = args.arg1();
        if (args.narg() != 1 || text.type() != LuaValue.TSTRING) {
          return withBase.invoke(args);
        }
        OptionalDouble number = Numbers.parse(Values.bytes(text.checkstring()));
        return number.isPresent() ? LuaValue.valueOf(number.getAsDouble()) : LuaValue.NIL;
      }
    };
  }

  private static LuaTable readOnly() {
    LuaTable rules = new LuaTable();
    rules.set(
        LuaValue.INDEX,
        new TwoArgFunction() {
          @Override
          public LuaValue call(LuaValue table, LuaValue name) {
            throw new LuaError(
                "Script attempted to access nonexistent global variable '" + name + "'");
          }
        });
    rules.set(
        LuaValue.NEWINDEX,
        new ThreeArgFunction() {
          @Override
          public LuaValue call(LuaValue table, LuaValue name, LuaValue value) {
            throw new LuaError("Attempt to modify a readonly table");
          }
        });
    return rules;
  }

  private static LuaValue one(Function<LuaValue, LuaValue> function) {
    return new OneArgFunction() {
      @Override
      public LuaValue call(LuaValue arg) {
        return function.apply(arg);
      }
    };
  }
}
