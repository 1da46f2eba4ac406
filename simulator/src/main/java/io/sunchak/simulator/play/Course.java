package io.sunchak.simulator.play;

/** What happens to a run from outside, from its start until all heals. */
interface Course {
  /** Lets it happen: has the time pass, too. */
  void play(Stage stage);

  /** What a course acts on. */
  record Stage(World world, Users users, Operator operator, Faults faults, History history) {}
}
