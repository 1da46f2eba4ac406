package io.sunchak.simulator.time;

/** The process of the actor that gets this is dead: nothing that it still does has an effect. */
public final class Crash extends Error {
  private static final long serialVersionUID = 1L;

  Crash() {
    super("the process is dead", null, false, false);
  }
}
