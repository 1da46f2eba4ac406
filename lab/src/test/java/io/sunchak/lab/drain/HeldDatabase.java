package io.sunchak.lab.drain;

import io.sunchak.lab.ledger.Database;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** A database that is slow with chosen users: a row of theirs is written when the test lets go. */
final class HeldDatabase implements Database {
  private final Map<Object, CompletableFuture<Void>> held = new ConcurrentHashMap<>();
  private final Database database;

  HeldDatabase(Database database) {
    this.database = database;
  }

  /** The next row of this user waits until what is returned is completed. */
  CompletableFuture<Void> hold(String user) {
    CompletableFuture<Void> release = new CompletableFuture<>();
    held.put(user, release);
    return release;
  }

  @Override
  public CompletionStage<Long> update(String sql, Map<String, ?> parameters) {
    CompletableFuture<Void> until =
        parameters.get("user") instanceof String user ? held.remove(user) : null;
    return until == null
        ? database.update(sql, parameters)
        : until.thenCompose(released -> database.update(sql, parameters));
  }

  @Override
  public <T> CompletionStage<List<T>> query(
      String sql, Map<String, ?> parameters, Function<Row, T> reader) {
    return database.query(sql, parameters, reader);
  }

  @Override
  public void close() {
    database.close();
  }
}
