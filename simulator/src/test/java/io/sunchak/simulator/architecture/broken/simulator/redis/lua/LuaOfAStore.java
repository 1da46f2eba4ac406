package io.sunchak.simulator.architecture.broken.simulator.redis.lua;

import io.sunchak.simulator.architecture.broken.simulator.redis.store.StoreOfLua;

/** With the store that needs it, a cycle. */
public record LuaOfAStore(StoreOfLua store) {}
