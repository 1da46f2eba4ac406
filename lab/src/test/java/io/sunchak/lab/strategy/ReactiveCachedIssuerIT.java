package io.sunchak.lab.strategy;

/** V4, nobody waiting for Redis. */
final class ReactiveCachedIssuerIT extends StrategyContract {
  ReactiveCachedIssuerIT() {
    super(Strategy.V4, Stack.REACTIVE);
  }
}
