package io.sunchak.lab.strategy;

import io.sunchak.lab.Stack;
import io.sunchak.lab.Strategy;

/** V4, its caller waiting for Redis. */
final class CachedIssuerIT extends StrategyContract {
  CachedIssuerIT() {
    super(Strategy.V4, Stack.SERVLET);
  }
}
