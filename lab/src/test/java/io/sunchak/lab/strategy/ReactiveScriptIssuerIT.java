package io.sunchak.lab.strategy;

/** V3, nobody waiting for Redis. */
final class ReactiveScriptIssuerIT extends StrategyContract {
  ReactiveScriptIssuerIT() {
    super(Strategy.V3, Stack.REACTIVE);
  }
}
