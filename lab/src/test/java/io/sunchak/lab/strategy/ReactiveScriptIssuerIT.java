package io.sunchak.lab.strategy;

import io.sunchak.lab.Stack;
import io.sunchak.lab.Strategy;

/** V3, nobody waiting for Redis. */
final class ReactiveScriptIssuerIT extends StrategyContract {
  ReactiveScriptIssuerIT() {
    super(Strategy.V3, Stack.REACTIVE);
  }
}
