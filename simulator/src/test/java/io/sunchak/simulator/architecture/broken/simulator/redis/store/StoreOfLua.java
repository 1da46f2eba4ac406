package io.sunchak.simulator.architecture.broken.simulator.redis.store;

import io.sunchak.simulator.architecture.broken.simulator.redis.lua.LuaOfAStore;
import org.luaj.vm2.LuaValue;

/** A store that keeps Lua's values. */
public record StoreOfLua(LuaValue value, LuaOfAStore lua) {}
