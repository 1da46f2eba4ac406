package io.sunchak.ledger.rows;

import io.sunchak.core.Validity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Instants as PostgreSQL's driver takes and gives them. */
public final class Columns {
  private Columns() {}

  public static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** Null where the column is. */
  public static @Nullable Instant optional(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  /** From a campaign's columns. */
  public static Validity validity(ResultSet row) throws SQLException {
    Long seconds = row.getObject("valid_seconds", Long.class);
    return new Validity(
        optional(row, "valid_from"),
        optional(row, "valid_until"),
        seconds == null ? null : Duration.ofSeconds(seconds));
  }
}
