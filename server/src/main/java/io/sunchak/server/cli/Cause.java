package io.sunchak.server.cli;

import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.log.LogException;
import io.sunchak.embedded.engine.EngineException;
import java.net.BindException;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.web.server.PortInUseException;

/** Describes a failed start in one line: the cause and the next step. */
final class Cause {
  private Cause() {}

  static String of(Throwable error) {
    Throwable last = error;
    String key = null;
    for (Throwable t = error; t != null; t = t.getCause()) {
      last = t;
      String known = known(t);
      if (known != null) {
        return known;
      }
      if (t instanceof org.springframework.boot.context.properties.bind.BindException bound) {
        key = bound.getName().toString();
      }
    }
    // The value is left out because it may be a secret.
    return key != null
        ? key + " has a value that is not allowed"
        : oneLine(last.getClass().getSimpleName() + ": " + last.getMessage());
  }

  private static @org.jspecify.annotations.Nullable String known(Throwable t) {
    return switch (t) {
      case PortInUseException p ->
          "port " + p.getPort() + " is taken; choose another one with --port";
      case BindException b -> "the port is taken or not allowed; choose another one with --port";
      case BindValidationException b ->
          b.getValidationErrors().getAllErrors().stream()
              .map(e -> b.getValidationErrors().getName() + ": " + describe(e))
              .collect(Collectors.joining("; "));
      case UnboundConfigurationPropertiesException u ->
          "unknown configuration key: "
              + u.getUnboundProperties().stream()
                  .map(p -> p.getName().toString())
                  .collect(Collectors.joining(", "));
      case InvalidConfigurationPropertyValueException i -> i.getName() + " " + i.getReason();
      case EngineException e -> oneLine(String.valueOf(e.getMessage()));
      case LedgerException e -> oneLine(String.valueOf(e.getMessage()));
      case LogException e -> oneLine(String.valueOf(e.getMessage()));
      default -> null;
    };
  }

  private static String describe(org.springframework.validation.ObjectError error) {
    return error instanceof org.springframework.validation.FieldError field
        ? field.getField() + " " + field.getDefaultMessage()
        : String.valueOf(error.getDefaultMessage());
  }

  private static String oneLine(String text) {
    return text.lines().findFirst().orElse(text);
  }
}
