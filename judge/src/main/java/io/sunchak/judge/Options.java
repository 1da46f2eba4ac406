package io.sunchak.judge;

import java.util.List;
import java.util.Set;

/**
 * What the judge must know in addition to history and rows.
 *
 * @param drained whether the log was empty when the rows were read, so that loss and gaps can be
 *     judged
 * @param demandMet whether more users than the stock asked while the campaign was open, so that all
 *     of it must be given
 * @param raises the raises of the stock, on the history's clock
 * @param excused users whose promise is known to be lost, as a resync listed them; only their rows
 *     are judged
 */
public record Options(boolean drained, boolean demandMet, List<Raise> raises, Set<String> excused) {

  /** A raise of the stock, from its request to its answer. */
  public record Raise(long invoked, long completed) {}

  /** For a drained log, with no raise and no excused user. */
  public static Options drained(boolean demandMet) {
    return new Options(true, demandMet, List.of(), Set.of());
  }

  /** For a log that may still hold reservations. */
  public static Options undrained() {
    return new Options(false, false, List.of(), Set.of());
  }
}
