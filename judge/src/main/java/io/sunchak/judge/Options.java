package io.sunchak.judge;

import java.util.List;
import java.util.Set;

/**
 * What the judge must know besides history and rows.
 *
 * @param drained the log was empty when the rows were read: loss and gaps can be judged
 * @param demandMet more users asked, while the campaign was open, than there was stock: all of it
 *     must be given
 * @param raises when the stock was raised, on the history's clock
 * @param excused users whose promise is known to be lost, as a resync listed them; judged only as
 *     rows
 */
public record Options(boolean drained, boolean demandMet, List<Raise> raises, Set<String> excused) {

  /** A raise of the stock, from its request to its answer. */
  public record Raise(long invoked, long completed) {}

  /** After the drain, with no raise and nobody excused. */
  public static Options drained(boolean demandMet) {
    return new Options(true, demandMet, List.of(), Set.of());
  }

  /** While reservations may still be in the log. */
  public static Options undrained() {
    return new Options(false, false, List.of(), Set.of());
  }
}
