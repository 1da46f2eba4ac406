package io.sunchak.core.log;

/**
 * Why a script refused to work with a campaign's keys. Each is one word of the scripts' replies.
 */
public enum Disagreement {
  /** A key or a field is missing or malformed. */
  UNINITIALIZED,
  /** Another ledger or another epoch than the caller's. */
  EPOCH,
  /** A resync is under way. */
  REBUILDING,
  /** Redis lacks something that was promised. */
  ROLLED_BACK,
  /** The log lacks an entry that the sequence says was written. */
  HOLE,
  /** The campaign is archived: the ledger alone answers for it. */
  ARCHIVED
}
