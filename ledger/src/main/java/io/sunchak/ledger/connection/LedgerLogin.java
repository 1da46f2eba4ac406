package io.sunchak.ledger.connection;

/** User and password for PostgreSQL. */
public record LedgerLogin(String user, String password) {
  /** Keeps the password out of logs. */
  @Override
  public String toString() {
    return "LedgerLogin[" + user + "]";
  }
}
