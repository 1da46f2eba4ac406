package io.sunchak.chaos.cycle;

import io.sunchak.chaos.cluster.Cluster;
import io.sunchak.chaos.schedule.Schedule;
import io.sunchak.core.CampaignId;
import io.sunchak.load.Answer;
import io.sunchak.load.ApiClient;
import io.sunchak.load.HttpCall;
import io.sunchak.load.command.CommandException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The administrator, who opens a campaign for each cycle and closes it after. */
final class Shop {
  private static final Duration CALL = Duration.ofSeconds(10);
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Cluster cluster;

  Shop(Cluster cluster) {
    this.cluster = cluster;
  }

  CampaignId open(Schedule schedule) throws InterruptedException {
    CampaignId campaign = new CampaignId("chaos-" + Long.toUnsignedString(schedule.seed(), 36));
    String body =
        """
        {"id":"%s","name":"chaos","totalStock":%s,"opensAt":"2020-01-01T00:00:00Z","closesAt":"2099-01-01T00:00:00Z"}\
        """
            .formatted(campaign, schedule.stock());
    send("/api/v1/admin/campaigns", body, 201);
    return campaign;
  }

  /** So that the servers of a long run have only one open campaign. */
  void close(CampaignId campaign) throws InterruptedException {
    send("/api/v1/admin/campaigns/" + campaign + "/close", null, 200);
  }

  private void send(String path, @Nullable String body, int wanted) throws InterruptedException {
    String token = cluster.signer().sign("chaos", true, TOKEN_LIFE);
    HttpCall call = new HttpCall("POST", path, token, body);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (ApiClient client = new ApiClient(cluster.servers().getFirst().url(), 1, CALL)) {
      Answer answer = client.send(call).join();
      while (answer.status() != wanted) {
        if (System.nanoTime() - deadline > 0) {
          throw new CommandException(
              "POST %s came to %d %s".formatted(path, answer.status(), answer.body()),
              "read the servers' logs");
        }
        Thread.sleep(PAUSE);
        answer = client.send(call).join();
      }
    }
  }
}
