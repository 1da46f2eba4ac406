package io.sunchak.server.security;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.sunchak.core.loop.GuardedLoop;
import io.sunchak.core.loop.LoopListener;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The keys that an identity provider publishes (OpenID Connect Discovery 1.0, 4), fetched at the
 * start, every five minutes, and when a token's key is unknown, on a separate thread. While the
 * provider is down, the last keys are used. Thread-safe.
 *
 * <p>All requests for the newest keys wait for the same fetch, which begins at the earliest a
 * second after the previous one ended. So tokens with invented keys cost the provider at most one
 * fetch a second.
 */
public final class PublishedKeys implements KeySource, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PublishedKeys.class);
  private static final Duration ROUND = Duration.ofMinutes(5);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final Duration REST = Duration.ofSeconds(1);
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** The longest wait of a request for a fetch. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final URI discovery;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();
  private final Semaphore asked = new Semaphore(0);
  private final GuardedLoop rounds;
  private volatile JWKSet keys = new JWKSet();
  private boolean away;
  private @Nullable CompletableFuture<JWKSet> waiting;

  /** Starts fetching; until the first success no key is known and no token can be verified. */
  public PublishedKeys(String issuer, LoopListener loops) {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    this.discovery = URI.create(base + "/.well-known/openid-configuration");
    this.rounds = GuardedLoop.virtual("published-keys", this::refresh, loops);
    rounds.start();
  }

  @Override
  public JWKSet known() {
    return keys;
  }

  @Override
  public synchronized CompletionStage<JWKSet> newest() {
    CompletableFuture<JWKSet> answer = waiting;
    if (answer == null || answer.isDone()) {
      answer =
          new CompletableFuture<JWKSet>()
              .completeOnTimeout(keys, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      waiting = answer;
      asked.release();
    }
    return answer;
  }

  private boolean refresh() throws InterruptedException {
    Duration pause = fetch() ? ROUND : RETRY;
    answer();
    if (!rounds.pause(REST)) {
      return false;
    }
    var _ = asked.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
    return true;
  }

  private void answer() {
    CompletableFuture<JWKSet> answer;
    synchronized (this) {
      answer = waiting;
      waiting = null;
      asked.drainPermits();
    }
    if (answer != null) {
      answer.complete(keys);
    }
  }

  private boolean fetch() throws InterruptedException {
    try {
      String jwks = JsonMapper.shared().readTree(text(discovery)).required("jwks_uri").asString();
      keys = parsed(text(URI.create(jwks)));
      away = false;
      return true;
    } catch (IOException | JacksonException | IllegalArgumentException failed) {
      if (!away) {
        LOG.warn("cannot fetch the keys of {}, retrying: {}", discovery, failed.toString());
      }
      away = true;
      return false;
    }
  }

  /** A key that is not understood may be meant for others and is skipped (RFC 7517, 5). */
  private static JWKSet parsed(String text) throws IOException {
    List<JWK> usable = new ArrayList<>();
    for (JsonNode key : JsonMapper.shared().readTree(text).required("keys")) {
      try {
        usable.add(JWK.parse(key.toString()));
      } catch (ParseException notForUs) {
        LOG.debug("skipping a published key: {}", notForUs.getMessage());
      }
    }
    if (usable.isEmpty()) {
      throw new IOException("no usable key is published");
    }
    return new JWKSet(usable);
  }

  private String text(URI uri) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(LIMIT).build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(uri + " answers " + answer.statusCode());
    }
    return answer.body();
  }

  @Override
  public void close() {
    rounds.interrupt();
    http.shutdownNow();
  }
}
