package io.sunchak.core.promise;

import java.util.Set;

/**
 * The nodes whose process holds a connection to Redis: they live, though the ledger may not have
 * heard from them in time. Thread-safe, blocking.
 */
@FunctionalInterface
public interface ConnectedNodes {
  /** Their names, as they report to the ledger; none when Redis cannot be asked. */
  Set<String> names();
}
