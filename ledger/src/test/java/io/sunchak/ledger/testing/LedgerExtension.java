package io.sunchak.ledger.testing;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Resolves {@link JdbcLedger} parameters to one ledger on the shared PostgreSQL, opened once per
 * JVM, and {@link EmbeddedEngines} as {@link EnginesExtension} does.
 */
public final class LedgerExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(LedgerExtension.class);

  private final EnginesExtension engines = new EnginesExtension();

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == JdbcLedger.class
        || engines.supportsParameter(parameter, context);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    EmbeddedEngines running = engines.resolveParameter(parameter, context);
    return parameter.getParameter().getType() == JdbcLedger.class
        ? context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(JdbcLedger.class, key -> JdbcLedger.open(running), JdbcLedger.class)
        : running;
  }
}
