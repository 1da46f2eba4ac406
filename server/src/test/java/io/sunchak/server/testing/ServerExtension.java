package io.sunchak.server.testing;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Resolves {@link LiveServer} parameters to one server for the whole test JVM, on the engines of
 * {@link EnginesExtension}, and {@link Api} parameters to a client of it. All tests share it: each
 * must use its own campaign.
 */
public final class ServerExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(ServerExtension.class);

  private final EnginesExtension engines = new EnginesExtension();

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == LiveServer.class
        || type == Api.class
        || engines.supportsParameter(parameter, context);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // The engines first: what was stored first is closed last.
    EmbeddedEngines running = engines.resolveParameter(parameter, context);
    if (parameter.getParameter().getType() == EmbeddedEngines.class) {
      return running;
    }
    LiveServer server =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent(LiveServer.class, key -> LiveServer.start(running), LiveServer.class);
    return parameter.getParameter().getType() == Api.class ? new Api(server) : server;
  }
}
