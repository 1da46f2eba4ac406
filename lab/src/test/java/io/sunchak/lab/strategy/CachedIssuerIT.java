package io.sunchak.lab.strategy;

/** V4, its caller waiting for Redis. */
final class CachedIssuerIT extends StrategyContract {
  CachedIssuerIT() {
    super(Strategy.V4, Stack.SERVLET);
  }
}
