package io.sunchak.chaos.crash;

/** On which side of a step the server dies. */
enum Moment {
  /** The message was sent and does not arrive. */
  BEFORE,
  /** What it asked for is done, and the server does not learn it. */
  AFTER
}
