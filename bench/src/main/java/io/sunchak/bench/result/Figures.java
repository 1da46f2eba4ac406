package io.sunchak.bench.result;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * What is compared. Null: not measured here, or not shown because the count was wrong. A file has
 * all of it side by side, under the components' names.
 *
 * @param bottleneck {@code generator} where the load may have been slower than the target
 */
public record Figures(
    @JsonUnwrapped Speeds speeds,
    @JsonUnwrapped RedisCost redis,
    @JsonUnwrapped Storing storing,
    @JsonUnwrapped Count count,
    @Nullable String bottleneck) {

  /** None. */
  public static final Figures NONE =
      new Figures(Speeds.NONE, RedisCost.NONE, Storing.NONE, Count.NONE, null);

  /**
   * How fast it answered.
   *
   * @param p50Ms of those accepted; of those refused, where nobody was accepted
   */
  public record Speeds(
      @Nullable Double acceptedPerSecond,
      @Nullable Double refusedPerSecond,
      @Nullable Double p50Ms,
      @Nullable Double p99Ms,
      @Nullable Double refusedP50Ms,
      @Nullable Double refusedP99Ms) {
    static final Speeds NONE = new Speeds(null, null, null, null, null, null);
  }

  /**
   * What Redis was asked, the drain's share included.
   *
   * @param redisRoundTripsPerRequest arrivals of bytes at Redis
   */
  public record RedisCost(
      @Nullable Double redisCommandsPerRequest, @Nullable Double redisRoundTripsPerRequest) {
    static final RedisCost NONE = new RedisCost(null, null);
  }

  /**
   * How the drain did.
   *
   * @param storedPerSecond from the first row to the last
   * @param storedWithinMs from the first request to the last row
   * @param lostByKill promises that no row and no failure keeps
   */
  public record Storing(
      @Nullable Double storedPerSecond,
      @Nullable Double storedWithinMs,
      @Nullable Long lostByKill) {
    static final Storing NONE = new Storing(null, null, null);
  }

  /** Coupons in the ledger, and how many there should be at most. */
  public record Count(@Nullable Long coupons, @Nullable Long stock) {
    static final Count NONE = new Count(null, null);
  }

  /** Only a rate of accepting. */
  public static Figures accepted(double perSecond) {
    return NONE.with(new Speeds(perSecond, null, null, null, null, null));
  }

  /** Only a rate of storing. */
  public static Figures stored(@Nullable Double perSecond) {
    return NONE.with(new Storing(perSecond, null, null));
  }

  /** Only what a kill lost. */
  public static Figures lost(long promises) {
    return NONE.with(new Storing(null, null, promises));
  }

  public Figures with(Speeds other) {
    return new Figures(other, redis, storing, count, bottleneck);
  }

  public Figures with(RedisCost other) {
    return new Figures(speeds, other, storing, count, bottleneck);
  }

  public Figures with(Storing other) {
    return new Figures(speeds, redis, other, count, bottleneck);
  }

  public Figures with(Count other) {
    return new Figures(speeds, redis, storing, other, bottleneck);
  }

  /** The same where the load was as fast as it can be. */
  public Figures limitedByGenerator(boolean limited) {
    return new Figures(speeds, redis, storing, count, limited ? "generator" : null);
  }

  /** Counts without speeds: a run with a wrong count has none. */
  Figures withoutSpeeds() {
    return NONE.with(count).with(new Storing(null, null, storing.lostByKill()));
  }
}
