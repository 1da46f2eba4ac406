package io.sunchak.lab.web;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.sunchak.alarm.WebhookAlarm;
import io.sunchak.lab.node.LabNode;
import io.sunchak.lab.node.LabSettings;
import io.sunchak.lab.strategy.Stack;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/** A node with its HTTP API, on the stack that its settings name. */
public final class LabServer implements AutoCloseable {
  private final ConfigurableApplicationContext context;
  private final LabNode node;

  /** What Spring runs: one API, on whichever of the two stacks this is. */
  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import({ServletStack.class, ReactiveStack.class, Metrics.class})
  static class Application {}

  /** The lab's own metrics. */
  @Configuration(proxyBeanMethods = false)
  static class Metrics {
    @Bean
    MeterBinder failures(LabNode node) {
      return registry -> {
        FunctionCounter.builder("sunchak.failures", node.failures(), it -> it.count())
            .description("entries that a drain could not issue")
            .register(registry);
        if (node.settings().alarm() instanceof WebhookAlarm alarm) {
          FunctionCounter.builder("sunchak.alarms", alarm, it -> it.counts().sent())
              .tag("result", "sent")
              .register(registry);
          FunctionCounter.builder("sunchak.alarms", alarm, it -> it.counts().failed())
              .tag("result", "failed")
              .register(registry);
        }
      };
    }
  }

  private LabServer(ConfigurableApplicationContext context, LabNode node) {
    this.context = context;
    this.node = node;
  }

  /**
   * Starts both. Blocks.
   *
   * @param port on loopback; 0 for any
   */
  public static LabServer start(LabSettings settings, int port) {
    LabNode node = LabNode.start(settings);
    try {
      return new LabServer(run(node, port), node);
    } catch (RuntimeException e) {
      node.close();
      throw e;
    }
  }

  private static ConfigurableApplicationContext run(LabNode node, int port) {
    Stack stack = node.settings().stack();
    boolean reactive = stack == Stack.REACTIVE;
    return new SpringApplicationBuilder(Application.class)
        .web(reactive ? WebApplicationType.REACTIVE : WebApplicationType.SERVLET)
        .registerShutdownHook(false)
        .initializers(context ->
            ((GenericApplicationContext) context).registerBean(LabNode.class, () -> node))
        .run(
            "--server.port=" + port,
            "--spring.threads.virtual.enabled=" + (stack == Stack.SERVLET_VIRTUAL));
  }

  public LabNode node() {
    return node;
  }

  public int port() {
    var server = ((WebServerApplicationContext) context).getWebServer();
    return server == null ? 0 : server.getPort();
  }

  /** Closes the web first, then the node. */
  @Override
  public void close() {
    context.close();
    node.close();
  }
}
