package io.sunchak.simulator.play;

import java.util.List;

/** The course of a plan: one step after the other. */
record Steps(List<Step> steps) implements Course {
  @Override
  public void play(Stage stage) {
    for (Step step : steps) {
      stage.world().scheduler().runUntil(step.at().toNanos());
      take(step, stage);
    }
  }

  private static void take(Step step, Stage stage) {
    if (step.kind() == Step.Kind.PRESS) {
      stage.users().press(step.node(), step.number());
      return;
    }
    World world = stage.world();
    world.trace().add(world.scheduler().now(), () -> step.kind() + " " + step.node());
    if (step.kind() == Step.Kind.CHANGE) {
      stage.operator().change(world.node(step.node()), step.number());
    } else {
      stage.faults().strike(step);
    }
  }
}
