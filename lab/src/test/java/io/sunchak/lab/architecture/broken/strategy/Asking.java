package io.sunchak.lab.architecture.broken.strategy;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.lab.architecture.broken.drain.Asked;
import org.redisson.api.RedissonClient;

/** Breaks every rule. */
public record Asking(Asked asked, EmbeddedEngines engines, RedissonClient redisson) {}
