package io.sunchak.lab.strategy;

/** V3, its caller waiting for Redis. */
final class ScriptIssuerIT extends StrategyContract {
  ScriptIssuerIT() {
    super(Strategy.V3, Stack.SERVLET);
  }
}
