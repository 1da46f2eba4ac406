package io.sunchak.core.log;

/**
 * Why a campaign in Redis does not fit the ledger, as a script or a drain pass found it. Each
 * constant is a word of the scripts' replies.
 */
public enum Disagreement {
  /** A key or a field is missing or malformed. */
  UNINITIALIZED,
  /** Another ledger or another epoch than the caller's. */
  EPOCH,
  /** A resync is under way. */
  REBUILDING,
  /** Redis lacks a promised holding. */
  ROLLED_BACK,
  /** The log lacks an entry although the sequence shows that it was written. */
  HOLE,
  /** The campaign is archived: only the ledger has it. */
  ARCHIVED
}
