package io.sunchak.server.http;

import io.sunchak.core.reconcile.Reconciliation.Conclusion;

/** The API's word for the conclusion of a comparison. */
public final class Verdict {
  private Verdict() {}

  /** The API has called a comparison without a conclusion DISCARDED since its first release. */
  public static String of(Conclusion conclusion) {
    return switch (conclusion) {
      case AGREES -> "AGREES";
      case DRIFT -> "DRIFT";
      case INCONCLUSIVE -> "DISCARDED";
    };
  }
}
