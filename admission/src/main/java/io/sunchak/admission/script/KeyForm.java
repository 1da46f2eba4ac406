package io.sunchak.admission.script;

/**
 * The form of what a campaign's keys hold. It stands in Redis beside the ledger's id, so that nodes
 * of another form are refused by every script, and take over keys of an older form by a resync,
 * which reads them, and writes them anew (ADR 0014).
 */
public final class KeyForm {
  /** 2: an entry of the log is a group, and meta says how far the log is drained. */
  private static final String VERSION = "2";

  private KeyForm() {}

  /** How the scripts are told whose campaign it is. */
  public static String mark(String ledgerId) {
    return ledgerId + "/" + VERSION;
  }
}
