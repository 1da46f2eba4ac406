package io.sunchak.lab.strategy;

import java.time.Duration;
import java.util.List;

/** The five ways to issue: what each does, what it guarantees, what it costs. */
public enum Strategy {
  /** {@link DistributedLockIssuer} around {@link UncheckedIssuer}. */
  V1(
      "a distributed lock around check and enqueue",
      "the right count",
      "one request at a time, each ten commands long",
      Duration.ofSeconds(1),
      Stack.SERVLET,
      Stack.SERVLET_VIRTUAL),
  /** {@link UncheckedIssuer}. */
  V2(
      "plain commands without a lock: check, then add",
      "nothing: two that check at once both add, so it OVERSELLS",
      "six commands an issue",
      Duration.ofSeconds(1),
      Stack.SERVLET,
      Stack.SERVLET_VIRTUAL),
  /** {@link ScriptIssuer}, or {@link ReactiveIssuer} on the reactive stack. */
  V3(
      "one Lua script checks and enqueues",
      "the right count",
      "two commands: campaign facts, script",
      Duration.ofSeconds(1),
      Stack.values()),
  /** {@link CachedIssuer} before V3's. */
  V4(
      "a local cache before Redis before the database, then V3's script",
      "the right count; local answers only once sold out",
      "one command, none once sold out",
      Duration.ofSeconds(1),
      Stack.values()),
  /** {@link CachedIssuer} before {@link ReactiveIssuer}. */
  V5(
      "V4 without one blocking call: reactive Redis, R2DBC, a parallel drain",
      "the right count; failures are reported, kept and retried",
      "as V4; what its drain popped is lost when it is killed",
      Duration.ofSeconds(10),
      Stack.REACTIVE);

  private final String mechanism;
  private final String guarantee;
  private final String cost;
  private final Duration interval;

  @SuppressWarnings("ImmutableEnumChecker") // what List.of gives is immutable
  private final List<Stack> stacks;

  Strategy(String mechanism, String guarantee, String cost, Duration interval, Stack... stacks) {
    this.mechanism = mechanism;
    this.guarantee = guarantee;
    this.cost = cost;
    this.interval = interval;
    this.stacks = List.of(stacks);
  }

  public String mechanism() {
    return mechanism;
  }

  public String guarantee() {
    return guarantee;
  }

  public String cost() {
    return cost;
  }

  /** Between two ticks of its drain, unless another is asked for. */
  public Duration interval() {
    return interval;
  }

  /** Where it runs; on the first unless another is asked for. */
  public List<Stack> stacks() {
    return stacks;
  }
}
