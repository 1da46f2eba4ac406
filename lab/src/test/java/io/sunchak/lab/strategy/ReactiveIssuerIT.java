package io.sunchak.lab.strategy;

import io.sunchak.lab.Stack;
import io.sunchak.lab.Strategy;

/** V5, with its parallel drain by R2DBC. */
final class ReactiveIssuerIT extends StrategyContract {
  ReactiveIssuerIT() {
    super(Strategy.V5, Stack.REACTIVE);
  }
}
