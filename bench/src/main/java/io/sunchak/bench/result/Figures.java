package io.sunchak.bench.result;

import org.jspecify.annotations.Nullable;

/**
 * What is compared. Null: not measured here, or not shown because the count was wrong.
 *
 * @param p50Ms of those accepted; of all, where nobody was
 * @param redisRoundTripsPerRequest arrivals of bytes at Redis, the drain's included
 * @param storedPerSecond rows that the drain wrote, from the first to the last
 * @param storedWithinMs from the first request to the last row
 * @param lostByKill promises that no row and no failure keeps
 * @param bottleneck {@code generator} where the load may have been slower than the target
 */
public record Figures(
    @Nullable Double acceptedPerSecond,
    @Nullable Double refusedPerSecond,
    @Nullable Double p50Ms,
    @Nullable Double p99Ms,
    @Nullable Double refusedP50Ms,
    @Nullable Double refusedP99Ms,
    @Nullable Double redisCommandsPerRequest,
    @Nullable Double redisRoundTripsPerRequest,
    @Nullable Double storedPerSecond,
    @Nullable Double storedWithinMs,
    @Nullable Long lostByKill,
    @Nullable Long coupons,
    @Nullable Long stock,
    @Nullable String bottleneck) {

  /** None. */
  public static final Figures NONE =
      new Figures(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null);

  /** Only a rate of storing. */
  public static Figures stored(double perSecond) {
    return new Figures(
        null, null, null, null, null, null, null, null, perSecond, null, null, null, null, null);
  }

  /** Only a rate of accepting. */
  public static Figures accepted(double perSecond) {
    return new Figures(
        perSecond, null, null, null, null, null, null, null, null, null, null, null, null, null);
  }

  /** The same with what a kill lost. */
  public Figures lost(long promises) {
    return new Figures(
        acceptedPerSecond,
        refusedPerSecond,
        p50Ms,
        p99Ms,
        refusedP50Ms,
        refusedP99Ms,
        redisCommandsPerRequest,
        redisRoundTripsPerRequest,
        storedPerSecond,
        storedWithinMs,
        promises,
        coupons,
        stock,
        bottleneck);
  }

  /** Counts without speeds: a run with a wrong count has none. */
  Figures withoutSpeeds() {
    return new Figures(
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        lostByKill,
        coupons,
        stock,
        null);
  }
}
