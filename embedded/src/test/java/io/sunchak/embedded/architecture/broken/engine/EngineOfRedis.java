package io.sunchak.embedded.architecture.broken.engine;

import io.sunchak.embedded.architecture.broken.redis.RedisAsEngine;
import org.jspecify.annotations.Nullable;

/** The engine room must not know an engine of its own. */
public record EngineOfRedis(@Nullable RedisAsEngine other) {}
