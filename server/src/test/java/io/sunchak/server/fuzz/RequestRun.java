package io.sunchak.server.fuzz;

import io.sunchak.server.testing.Answer;
import io.sunchak.server.testing.Api;
import io.sunchak.server.testing.OpenApi;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends requests in blocks, several beside one another, and keeps what was found. */
final class RequestRun {
  /** So many follow one another on the same campaigns, before all of them are closed. */
  private static final int BLOCK = 250;

  private static final int BLOCKS_AT_ONCE = 8;

  /**
   * What may only be refused here: the demo, runs that ended, failures that others settled, codes,
   * which nobody can guess.
   */
  private static final String REFUSED =
      ".* /api/v1/(demo.*|admin/(drops.*|reconciliations/\\{runId}|failures/\\{id}/.*|codes/.*))";

  private final Api api;
  private final List<String> failures;
  private final List<String> files;
  private final FuzzFindings findings;
  private final Map<String, Integer> seen = new ConcurrentSkipListMap<>();

  RequestRun(Api api, List<String> failures, List<String> files, FuzzFindings findings) {
    this.api = api;
    this.failures = failures;
    this.files = files;
    this.findings = findings;
  }

  /** Sends the requests of the seeds from {@code seed} on. */
  void send(long seed, int count) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(BLOCKS_AT_ONCE)) {
      List<Future<?>> blocks = new ArrayList<>();
      for (int from = 0; from < count; from += BLOCK) {
        long first = seed + from;
        int size = Math.min(BLOCK, count - from);
        World world = new World(from / BLOCK, failures, files);
        blocks.add(
            threads.submit(() -> {
              send(first, size, world.begin(api));
              return null;
            }));
      }
      for (Future<?> block : blocks) {
        block.get();
      }
    }
  }

  private void send(long first, int count, World world) throws IOException {
    try (RequestConnection connection = new RequestConnection(api.server())) {
      for (long seed = first; seed < first + count; seed++) {
        exchange(connection, Requests.of(seed, world));
      }
    }
  }

  private void exchange(RequestConnection connection, FuzzRequest request) throws IOException {
    String heard = "";
    try {
      Answer answer = connection.send(request);
      heard = answer.status() + " " + answer.headers().map() + "\n" + answer.text();
      seen.merge(request.operation() + " " + answer.status() / 100, 1, Integer::sum);
      Oracle.judge(request, answer);
    } catch (IOException | AssertionError | RuntimeException wrong) {
      String what = request.operation() + ", " + request.rule();
      String sent = connection.before() + request.wire();
      findings.add(request.seed(), what, sent, heard, wrong.toString());
      connection.close();
    }
  }

  /** Operations of the file that were not both done and refused; empty after some thousands. */
  List<String> unseen() {
    return OpenApi.get().calls().stream()
        .filter(operation -> {
          boolean done = seen.containsKey(operation + " 2") || seen.containsKey(operation + " 3");
          return !seen.containsKey(operation + " 4") || !(done || operation.matches(REFUSED));
        })
        .toList();
  }
}
