package io.sunchak.embedded.testing;

import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.directory.DataDirectory;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Resolves {@link EmbeddedEngines} parameters to one real Redis and one real PostgreSQL, started
 * once per JVM at the first use, in a directory below {@code target/} that is deleted at the end.
 * All tests share them: each must use its own campaign, and none may stop them for good.
 */
public final class EnginesExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(EnginesExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == EmbeddedEngines.class;
  }

  @Override
  public EmbeddedEngines resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Shared.class, key -> Shared.start(), Shared.class)
        .engines();
  }

  private record Shared(DataDirectory data, EmbeddedEngines engines) implements AutoCloseable {
    static Shared start() {
      DataDirectory data = DataDirectory.ephemeral(Path.of("target"));
      return new Shared(data, EmbeddedEngines.start(data));
    }

    @Override
    public void close() {
      engines.close();
      data.close();
    }
  }
}
