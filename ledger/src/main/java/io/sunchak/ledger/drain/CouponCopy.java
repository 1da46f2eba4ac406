package io.sunchak.ledger.drain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.ledger.rows.Batch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/**
 * Rows in the binary form of {@code COPY}, as PostgreSQL's manual gives it: nothing is parsed, and
 * {@code issued_at} stands in the row, since a default that calls the clock for each row keeps
 * PostgreSQL from writing a page of rows at once.
 */
final class CouponCopy {
  private static final String COPY =
      "COPY coupon (campaign_id, seq, user_id, accepted_at, issued_at) FROM STDIN (FORMAT binary)";

  /** At most so many bytes are one message. */
  private static final int CHUNK = 65_536;

  private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(ISO_8859_1);
  private static final int HEADER = SIGNATURE.length + 2 * Integer.BYTES;
  private static final int COLUMNS = 5;
  private static final short END = -1;

  /** A row without its two texts: the number of columns, five lengths, three numbers. */
  private static final int FIXED = Short.BYTES + COLUMNS * Integer.BYTES + 3 * Long.BYTES;

  /** PostgreSQL counts from the year 2000. */
  private static final long EPOCH_MILLIS = TimeUnit.SECONDS.toMillis(946_684_800);

  private CouponCopy() {}

  /**
   * Writes all rows or none, within the transaction of {@code session}.
   *
   * @param issuedAt when they become coupons
   * @throws io.sunchak.core.ledger.LedgerException.Rejected before anything is sent, for a user
   *     whom no coupon may have
   */
  static void write(
      Connection session, CampaignId campaign, List<Reservation> rows, Instant issuedAt)
      throws SQLException {
    byte[] bytes = encode(campaign, rows, issuedAt);
    try {
      session
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(COPY, new ByteArrayInputStream(bytes), CHUNK);
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory", impossible);
    }
  }

  private static byte[] encode(CampaignId campaign, List<Reservation> rows, Instant issuedAt) {
    byte[] id = campaign.value().getBytes(ISO_8859_1);
    int size = HEADER + Short.BYTES;
    for (Reservation row : rows) {
      Batch.requireUserForm(row.user());
      size += FIXED + id.length + row.user().length();
    }
    long issued = micros(issuedAt);
    ByteBuffer out = ByteBuffer.allocate(size).put(SIGNATURE).putInt(0).putInt(0);
    for (Reservation row : rows) {
      out.putShort((short) COLUMNS);
      text(out, id);
      number(out, row.sequence());
      text(out, row.user().getBytes(ISO_8859_1));
      number(out, micros(row.acceptedAt()));
      number(out, issued);
    }
    out.putShort(END);
    assert !out.hasRemaining() : "a row has another size than was counted";
    return out.array();
  }

  private static void text(ByteBuffer out, byte[] ascii) {
    out.putInt(ascii.length).put(ascii);
  }

  private static void number(ByteBuffer out, long value) {
    out.putInt(Long.BYTES).putLong(value);
  }

  /**
   * What is out of range stays so, and is refused; only the two ends, which are PostgreSQL's
   * infinities, must not be hit.
   */
  private static long micros(Instant time) {
    long millis = Math.max(time.toEpochMilli(), Long.MIN_VALUE + EPOCH_MILLIS) - EPOCH_MILLIS;
    return Math.clamp(
        TimeUnit.MILLISECONDS.toMicros(millis), Long.MIN_VALUE + 1, Long.MAX_VALUE - 1);
  }
}
