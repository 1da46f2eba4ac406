package io.sunchak.lab.strategy;

import io.sunchak.lab.Stack;
import io.sunchak.lab.Strategy;

/** V3, its caller waiting for Redis. */
final class ScriptIssuerIT extends StrategyContract {
  ScriptIssuerIT() {
    super(Strategy.V3, Stack.SERVLET);
  }
}
