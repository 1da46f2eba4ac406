package io.sunchak.embedded.architecture.broken.redis;

import io.sunchak.embedded.architecture.broken.engine.EngineOfRedis;
import org.jspecify.annotations.Nullable;

/** With {@link EngineOfRedis} a cycle. */
public record RedisAsEngine(@Nullable EngineOfRedis other) {}
