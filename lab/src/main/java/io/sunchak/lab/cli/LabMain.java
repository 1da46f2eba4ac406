package io.sunchak.lab.cli;

import io.sunchak.alarm.Alarm;
import io.sunchak.alarm.WebhookAlarm;
import io.sunchak.core.loop.LoopListener;
import io.sunchak.lab.drain.DrainKind;
import io.sunchak.lab.node.LabSettings;
import io.sunchak.lab.redis.LabKeys;
import io.sunchak.lab.strategy.Stack;
import io.sunchak.lab.strategy.Strategy;
import io.sunchak.lab.web.LabServer;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./sunchak lab V3}: one way of issuing, running, with its own Redis and PostgreSQL. */
@Command(
    name = "lab",
    description = "Run one of the five ways to issue, with the product's API and no tokens.",
    mixinStandardHelpOptions = true)
public final class LabMain implements Callable<Integer> {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration ALARM_PAUSE = Duration.ofSeconds(5);

  @Parameters(paramLabel = "STRATEGY", description = "V1 to V5", arity = "0..1")
  private String strategy = "";

  @Option(names = "--port", defaultValue = "8090", description = "on 127.0.0.1 (8090)")
  private int port = 8090;

  @Option(
      names = "--data-dir",
      defaultValue = "data-lab",
      description = "kept between runs (./data-lab)")
  private Path dataDirectory = Path.of("data-lab");

  @Option(names = "--stack", description = "servlet, servlet-virtual or reactive")
  private @Nullable String stack;

  @Option(names = "--drain", description = "1 to 4, of V5 only (4)")
  private @Nullable String drain;

  @Option(
      names = "--interval",
      description = "between two drains, such as 500ms or 2s (1s, V5: 10s)")
  private @Nullable String interval;

  @Option(
      names = "--durability",
      defaultValue = "fsync",
      description = "fsync, as the product runs, or none (fsync)")
  private String durability = "fsync";

  @Option(
      names = "--redis-url",
      defaultValue = "${env:SUNCHAK_REDIS_URL}",
      description = "redis://user:password@host:port instead of the bundled one")
  private @Nullable String redisUrl;

  @Option(
      names = "--postgres-url",
      defaultValue = "${env:SUNCHAK_POSTGRES_URL}",
      description =
          "jdbc:postgresql://… instead of the bundled one; user and password come from"
              + " SUNCHAK_POSTGRES_USER and SUNCHAK_POSTGRES_PASSWORD")
  private @Nullable String postgresUrl;

  @Option(
      names = "--alarm-webhook",
      description = "where to post {\"text\": …} when a coupon cannot be issued")
  private @Nullable URI webhook;

  @Spec private @Nullable CommandSpec spec;

  /** Runs until it is stopped; exits with 0, with 1 when it cannot start, with 2 for wrong use. */
  public static void main(String[] arguments) {
    CommandLine line =
        new CommandLine(new LabMain())
            .setExecutionExceptionHandler((error, command, parsed) -> {
              command.getErr().println("sunchak: " + firstLine(error));
              return 1;
            });
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    Choice choice;
    try {
      choice = Choice.of(strategy, stack, drain, interval, durability);
    } catch (IllegalArgumentException wrong) {
      PrintWriter err = line().getErr();
      err.println("sunchak: " + wrong.getMessage());
      err.flush();
      return 2;
    }
    Deque<Runnable> endings = new ArrayDeque<>();
    try {
      start(choice, endings);
    } catch (RuntimeException e) {
      endings.forEach(Runnable::run);
      throw e;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(endings), "stop"));
    new CountDownLatch(1).await();
    return 0;
  }

  private void start(Choice choice, Deque<Runnable> endings) {
    LabEngines engines = LabEngines.of(dataDirectory, choice.durability(), redisUrl, postgresUrl);
    endings.push(engines::close);
    LabSettings settings =
        new LabSettings(
            choice.strategy(),
            choice.stack(),
            choice.drain(),
            choice.interval(),
            LabSettings.retry(FIRST_RETRY),
            LabKeys.DEFAULT,
            engines.settings(),
            alarm(endings));
    LabServer server = LabServer.start(settings, port);
    endings.push(server::close);
    show(choice, engines, server.port());
  }

  private Alarm alarm(Deque<Runnable> endings) {
    if (webhook == null) {
      return Alarm.SILENT;
    }
    WebhookAlarm alarm = new WebhookAlarm(webhook, ALARM_PAUSE, LoopListener.NONE);
    endings.push(alarm::close);
    return alarm;
  }

  private void show(Choice choice, LabEngines engines, int at) {
    Strategy which = choice.strategy();
    Stack on = choice.stack();
    PrintWriter out = line().getOut();
    out.printf("Sunchak lab %s: %s%n", which, which.mechanism());
    out.printf("  guarantees  %s%n  costs       %s%n", which.guarantee(), which.cost());
    out.printf("  stack       %s (%s)%n", on.label(), on.meaning());
    out.printf("  drain       every %s: %s%n", choice.interval(), drain(choice));
    out.printf("  engines     %s%n", engines.describe());
    out.printf("  API         http://127.0.0.1:%d/api/v1/campaigns%n%n", at);
    out.printf(
        """
        curl -X POST http://127.0.0.1:%1$d/api/v1/admin/campaigns -H 'Content-Type: application/json' \\
          -d '{"id":"c1","name":"C1","totalStock":600,"opensAt":"2020-01-01T00:00:00Z","closesAt":"2099-01-01T00:00:00Z"}'
        curl -X POST http://127.0.0.1:%1$d/api/v1/campaigns/c1/issues -H 'X-User-Id: u1'
        """,
        at);
    out.flush();
  }

  private static String drain(Choice choice) {
    DrainKind kind = choice.drain();
    return choice.strategy() == Strategy.V5
        ? "drain %d, %s".formatted(kind.number(), kind.mechanism())
        : "one by one";
  }

  /** A stop that was asked for exits with 0: without the halt the code would be 143. */
  private static void stop(Deque<Runnable> endings) {
    endings.forEach(Runnable::run);
    Runtime.getRuntime().halt(0);
  }

  private static String firstLine(Throwable error) {
    return String.valueOf(error.getMessage()).lines().findFirst().orElse(error.toString());
  }

  private CommandLine line() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
