package io.sunchak.embedded;

/** User and password for PostgreSQL. */
public record PostgresLogin(String user, String password) {
  /** Keeps the password out of logs. */
  @Override
  public String toString() {
    return "PostgresLogin[" + user + "]";
  }
}
