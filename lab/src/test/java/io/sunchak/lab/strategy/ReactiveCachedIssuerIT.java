package io.sunchak.lab.strategy;

import io.sunchak.lab.Stack;
import io.sunchak.lab.Strategy;

/** V4, nobody waiting for Redis. */
final class ReactiveCachedIssuerIT extends StrategyContract {
  ReactiveCachedIssuerIT() {
    super(Strategy.V4, Stack.REACTIVE);
  }
}
