package io.sunchak.lab.strategy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The five ways to issue: what each does, what it guarantees, what it costs. */
public enum Strategy {
  V1(
      "a distributed lock around check and enqueue",
      "the right count",
      "one request at a time, each ten commands long",
      Duration.ofSeconds(1),
      true,
      false),
  V2(
      "plain commands without a lock: check, then add",
      "nothing: two that check at once both add, so it OVERSELLS",
      "six commands an issue",
      Duration.ofSeconds(1),
      true,
      false),
  V3(
      "one Lua script checks and enqueues",
      "the right count",
      "two commands: campaign facts, script",
      Duration.ofSeconds(1),
      true,
      true),
  V4(
      "a local cache before Redis before the database, then V3's script",
      "the right count; local answers only once sold out",
      "one command, none once sold out",
      Duration.ofSeconds(1),
      true,
      true),
  V5(
      "V4 without one blocking call: reactive Redis, R2DBC, a parallel drain",
      "the right count; failures are told, kept and tried again",
      "as V4; what its drain popped is lost when it is killed",
      Duration.ofSeconds(10),
      false,
      true);

  private final String mechanism;
  private final String guarantee;
  private final String cost;
  private final Duration interval;
  private final boolean servlet;
  private final boolean reactive;

  Strategy(
      String mechanism,
      String guarantee,
      String cost,
      Duration interval,
      boolean servlet,
      boolean reactive) {
    this.mechanism = mechanism;
    this.guarantee = guarantee;
    this.cost = cost;
    this.interval = interval;
    this.servlet = servlet;
    this.reactive = reactive;
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
    return Stream.of(Stack.values()).filter(this::runsOn).toList();
  }

  public boolean runsOn(Stack stack) {
    return stack == Stack.REACTIVE ? reactive : servlet;
  }
}
