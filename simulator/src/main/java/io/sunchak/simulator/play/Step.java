package io.sunchak.simulator.play;

import java.time.Duration;

/**
 * One thing that happens to a run from outside.
 *
 * @param at when
 * @param node which node it concerns, if one
 * @param number what else it needs, drawn with the plan
 */
public record Step(Duration at, Kind kind, int node, int number) {

  /** What happens. */
  public enum Kind {
    /** A few users press, at once, at one node. */
    PRESS,
    /** A node is killed and started again. */
    KILL_NODE,
    /** A node stands still. */
    STOP_NODE,
    /** A thread that asks the ledger gets no processor for long: any, or one of a resync. */
    FREEZE_THREAD,
    /** Redis is killed, and started again. */
    KILL_REDIS,
    /** Redis stands still. */
    STOP_REDIS,
    /** All keys are deleted, or Redis comes back as an older copy, if nothing promised is lost. */
    LOSE_REDIS,
    /** A connection of a node is cut. */
    CUT,
    /** Messages of a node take long. */
    SLOW,
    /** The ledger is away. */
    LEDGER_AWAY,
    /** Answers of the ledger are lost for a while, its commits are not. */
    LEDGER_MUTE,
    /** The ledger comes back as an older copy, if Redis has all. */
    RESTORE_LEDGER,
    /** Copies of both engines are kept. */
    COPY,
    /** An operator raises or lowers the stock, pauses, or opens again. */
    CHANGE
  }
}
