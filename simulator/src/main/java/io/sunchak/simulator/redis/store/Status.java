package io.sunchak.simulator.redis.store;

/** A status reply, which scripts tell from a string. */
public record Status(String text) {
  static final Status OK = new Status("OK");
}
