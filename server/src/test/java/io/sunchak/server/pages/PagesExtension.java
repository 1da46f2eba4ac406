package io.sunchak.server.pages;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one running {@link Shop} for the whole test JVM, and each test {@link Visits} to it
 * in one browser. After a test nobody's pages may have misbehaved; of a failed one, their last
 * sight is kept below {@code target/pages/}.
 */
final class PagesExtension implements ParameterResolver, AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(PagesExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Shop.class || type == Visits.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ExtensionContext.Store shared = context.getRoot().getStore(NAMESPACE);
    Shop shop = shared.computeIfAbsent(Shop.class, key -> Shop.open(), Shop.class);
    if (parameter.getParameter().getType() == Shop.class) {
      return shop;
    }
    Chromium chromium =
        shared.computeIfAbsent(Chromium.class, key -> Chromium.launch(), Chromium.class);
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(Visits.class, key -> new Visits(chromium, shop), Visits.class);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Visits visits = context.getStore(NAMESPACE).get(Visits.class, Visits.class);
    if (visits == null) {
      return;
    }
    if (context.getExecutionException().isPresent()) {
      String test = context.getRequiredTestMethod().getName();
      visits.saveTo(Path.of("target/pages", test));
    }
    visits.assertNoTrouble();
  }
}
