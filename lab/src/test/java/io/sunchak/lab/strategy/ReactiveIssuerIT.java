package io.sunchak.lab.strategy;

/** V5, with its parallel drain by R2DBC. */
final class ReactiveIssuerIT extends StrategyContract {
  ReactiveIssuerIT() {
    super(Strategy.V5, Stack.REACTIVE);
  }
}
