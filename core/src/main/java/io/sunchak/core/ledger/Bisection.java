package io.sunchak.core.ledger;

import io.sunchak.core.Reservation;
import java.util.List;

/**
 * Writes rows of which the ledger may refuse some: halves a refused part until the refused row is
 * found. One refused row among a thousand costs twenty writes instead of a thousand.
 */
public final class Bisection {
  /**
   * At most so many refused rows in a row are kept as failures. With more the cause is not a single
   * row, and a bad migration must not turn every reservation into a failure.
   */
  public static final int MAX_BAD_IN_A_ROW = 10;

  private Bisection() {}

  /** The writes. Both methods return false if it is useless to go on. */
  public interface Writing {
    /** Writes all rows or none; throws {@link LedgerException.Rejected} if one is refused. */
    boolean write(List<Reservation> part);

    /** Keeps a refused row as a failure, or throws if it must not be kept. */
    boolean keep(Reservation row, LedgerException.Rejected refusal);
  }

  /**
   * Writes {@code part} in order.
   *
   * @param part not empty
   * @return false as soon as {@code writing} has returned false
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
