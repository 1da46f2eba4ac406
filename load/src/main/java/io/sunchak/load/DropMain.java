package io.sunchak.load;

import io.sunchak.core.CampaignId;
import io.sunchak.load.command.CommandException;
import io.sunchak.load.command.TerminalBar;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./sunchak drop}: a whole drop against a running server, and the judge's verdict. */
@Command(
    name = "drop",
    description = "Run a whole drop against the running server and judge it.",
    mixinStandardHelpOptions = true)
public final class DropMain implements Callable<Integer> {
  private static final int MOST = 1_000_000;

  @Option(names = "--users", required = true, description = "number of users")
  private int users;

  @Option(names = "--stock", description = "number of coupons (a tenth of the users)")
  private long stock;

  @Option(names = "--tries", defaultValue = "1", description = "requests of each user (1)")
  private int tries = 1;

  @Option(names = "--connections", defaultValue = "256", description = "connections at once (256)")
  private int connections = 256;

  @Option(names = "--data-dir", defaultValue = "data", description = "the server's data directory")
  private Path dataDirectory = Path.of("data");

  @Option(names = "--campaign", description = "id of the campaign it creates (random)")
  private @Nullable String campaign;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  /** Runs it and exits with 0 for a clean verdict, 1 for another, 2 for wrong use. */
  public static void main(String[] arguments) {
    CommandLine line =
        new CommandLine(new DropMain()).setExecutionExceptionHandler(CommandException::report);
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    long coupons = stock == 0 ? Math.max(1, users / 10) : stock;
    refuseWrongNumbers(coupons);
    RunningServer server = RunningServer.of(dataDirectory);
    Drop drop = new Drop(server, new Drop.Plan(id(), users, coupons, tries, connections));
    Drop.Report report = run(drop);
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println(json ? json(report) : text(report));
    out.flush();
    return report.isClean() ? 0 : 1;
  }

  private void refuseWrongNumbers(long coupons) {
    boolean wrong =
        users < 1 || users > MOST || coupons < 1 || tries < 1 || tries > 10 || connections < 1;
    if (wrong || connections > 10_000) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--users 1 to 1,000,000, --stock at least 1, --tries 1 to 10, --connections 1 to 10,000");
    }
  }

  private CampaignId id() {
    if (campaign != null && !CampaignId.isValid(campaign)) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--campaign must match ^[a-z0-9][a-z0-9-]{0,63}$");
    }
    return campaign == null ? randomId() : new CampaignId(campaign);
  }

  private static CampaignId randomId() {
    return new CampaignId(
        "drop-" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 50), 36));
  }

  private Drop.Report run(Drop drop) throws InterruptedException {
    try (ProgressBar bar = json ? null : TerminalBar.of("drop", (long) users * tries)) {
      return drop.run(bar == null ? answers -> {} : bar::stepBy);
    }
  }

  private static String text(Drop.Report r) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%,d of %,d coupons to %,d users"
            .formatted(r.tries().acceptedUsers(), r.plan().stock(), r.plan().users()));
    text.append(
        "%n  accepted   p50 %.1f ms · p95 %.1f · p99 %.1f"
            .formatted(
                r.tries().accepted().millis(50),
                r.tries().accepted().millis(95),
                r.tries().accepted().millis(99)));
    text.append(
        "%n  refused    p50 %.1f ms · p95 %.1f · p99 %.1f · %s"
            .formatted(
                r.tries().refused().millis(50),
                r.tries().refused().millis(95),
                r.tries().refused().millis(99),
                r.tries().refusedByCode()));
    text.append("%n  unknown    %,d".formatted(r.unknown()));
    text.append(
        "%n  answered   all in %.0f ms; stored in %.0f ms (%,d rows)"
            .formatted(r.millisToAnswerAll(), r.millisToStoreAll(), r.rows()));
    text.append("%n  judge      %s".formatted(r.verdict()));
    return text.toString();
  }

  private static String json(Drop.Report r) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("campaign", r.plan().campaign().value());
    all.put("users", r.plan().users());
    all.put("stock", r.plan().stock());
    all.put("accepted", r.tries().acceptedUsers());
    all.put("refused", r.tries().refusedByCode());
    all.put("unknown", r.unknown());
    all.put("rows", r.rows());
    all.put("acceptedPerSecond", r.acceptedPerSecond());
    all.put("acceptedP50Ms", r.tries().accepted().millis(50));
    all.put("acceptedP99Ms", r.tries().accepted().millis(99));
    all.put("refusedP50Ms", r.tries().refused().millis(50));
    all.put("refusedP99Ms", r.tries().refused().millis(99));
    all.put("answeredMs", r.millisToAnswerAll());
    all.put("storedMs", r.millisToStoreAll());
    all.put("judge", r.verdict().isClean() ? "ok" : "violated");
    all.put("violations", r.verdict().violations().stream().map(Object::toString).toList());
    return Json.MAPPER.writeValueAsString(all);
  }
}
