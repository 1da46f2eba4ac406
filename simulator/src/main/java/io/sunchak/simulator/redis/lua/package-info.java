/**
 * Redis' Lua 5.1, by LuaJ (ADR 0017): what differs between the two is put right here. Begin at
 * {@code LuaScripts}. Strings are bytes, as in the store.
 */
@NullMarked
package io.sunchak.simulator.redis.lua;

import org.jspecify.annotations.NullMarked;
