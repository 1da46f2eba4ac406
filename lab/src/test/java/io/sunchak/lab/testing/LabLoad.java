package io.sunchak.lab.testing;

import io.sunchak.core.CampaignId;
import io.sunchak.load.ApiClient;
import io.sunchak.load.HttpCall;
import io.sunchak.load.generator.AnswerCodec;
import io.sunchak.load.generator.Credentials;
import io.sunchak.load.generator.Endpoint;
import io.sunchak.load.generator.Load;
import io.sunchak.load.generator.LoadGenerator;
import io.sunchak.load.generator.Shots;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** A crowd and an operator before the lab's HTTP API. */
public final class LabLoad implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final URI server;
  private final ApiClient admin;
  private final LoadGenerator generator = new LoadGenerator(1);

  /** Connects to a port of this machine when it is first used. */
  public LabLoad(int port) {
    this.server = URI.create("http://127.0.0.1:" + port);
    this.admin = new ApiClient(server, 1, PATIENCE);
  }

  /** Creates an open campaign; gives the status. */
  public int create(String id, int stock) {
    String body =
        """
        {"id":"%s","name":"Lab","totalStock":%d,
         "opensAt":"2020-01-01T00:00:00Z","closesAt":"2099-01-01T00:00:00Z"}
        """
            .formatted(id, stock);
    return admin.send(new HttpCall("POST", "/api/v1/admin/campaigns", null, body)).join().status();
  }

  /** Every user once, all of them at once over so many connections; gives each one's status. */
  public List<Integer> everybody(String id, int users, int connections)
      throws InterruptedException {
    Load load =
        new Load(
            List.of(server),
            List.of(Endpoint.issue(new CampaignId(id))),
            Credentials.names("user-", users),
            Shots.rounds(0, users, 1),
            null,
            connections,
            LONGEST,
            PATIENCE);
    var recording = generator.run(load).recording();
    return IntStream.range(0, recording.size())
        .mapToObj(i -> AnswerCodec.status(recording.answer(i)))
        .toList();
  }

  /** The ledger's rows of a campaign. */
  public long rows(String id) {
    return get("/api/v1/admin/campaigns/" + id + "/issues.csv").lines().count() - 1;
  }

  /** The body of a page that is there. */
  public String get(String path) {
    var answer = admin.send(HttpCall.get(path, null)).join();
    if (answer.status() != 200) {
      throw new AssertionError(path + ": " + answer);
    }
    return answer.body();
  }

  @Override
  public void close() {
    admin.close();
    generator.close();
  }
}
