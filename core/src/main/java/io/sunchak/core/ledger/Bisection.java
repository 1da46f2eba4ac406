package io.sunchak.core.ledger;

import io.sunchak.core.Reservation;
import java.util.List;

/**
 * How rows are written of which the ledger may refuse some: a part that is refused is halved until
 * the row at fault stands alone. One among a thousand so costs twenty writes instead of a thousand.
 */
public final class Bisection {
  /**
   * So many refused rows in a row are kept. One more is no row's fault: a bad migration must not
   * turn every reservation into a failure.
   */
  public static final int MAX_BAD_IN_A_ROW = 10;

  private Bisection() {}

  /** Both say false when there is no use in going on. */
  public interface Writing {
    /** All or nothing; throws {@link LedgerException.Rejected} when a row is refused. */
    boolean write(List<Reservation> part);

    /** Keeps the row otherwise, or throws when it is not to be kept. */
    boolean keep(Reservation row, LedgerException.Rejected refusal);
  }

  /**
   * Writes {@code part} in order.
   *
   * @param part not empty
   * @return false as soon as {@code writing} said so
   */
  public static boolean write(List<Reservation> part, Writing writing) {
    try {
      return writing.write(part);
    } catch (LedgerException.Rejected someRow) {
      int half = part.size() / 2;
      return half == 0
          ? writing.keep(part.getFirst(), someRow)
          : write(part.subList(0, half), writing)
              && write(part.subList(half, part.size()), writing);
    }
  }
}
