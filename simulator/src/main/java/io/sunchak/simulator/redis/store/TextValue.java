package io.sunchak.simulator.redis.store;

/** A string. */
record TextValue(String bytes) implements Value {
  @Override
  public String type() {
    return "string";
  }

  @Override
  public Value copy() {
    return this;
  }
}
