package io.sunchak.server.security;

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
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The keys that an identity provider publishes (OpenID Connect Discovery 1.0, 4), fetched at the
 * start and every five minutes on a thread of their own; when the provider is away the last ones
 * stay. Providers publish a new key well before they sign with it. Thread-safe.
 */
public final class PublishedKeys implements Supplier<JWKSet>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PublishedKeys.class);
  private static final Duration ROUND = Duration.ofMinutes(5);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final URI discovery;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final GuardedLoop rounds;
  private volatile JWKSet keys = new JWKSet();

  /** Begins to fetch; until the first success no key is known and no token accepted. */
  public PublishedKeys(String issuer, LoopListener loops) {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    this.discovery = URI.create(base + "/.well-known/openid-configuration");
    this.rounds = GuardedLoop.virtual("published-keys", this::refresh, loops);
    rounds.start();
  }

  @Override
  public JWKSet get() {
    return keys;
  }

  private boolean refresh() throws InterruptedException {
    return rounds.pause(fetch() ? ROUND : RETRY);
  }

  private boolean fetch() throws InterruptedException {
    try {
      String jwks = JsonMapper.shared().readTree(text(discovery)).required("jwks_uri").asString();
      keys = JWKSet.parse(text(URI.create(jwks)));
      return true;
    } catch (IOException | ParseException | JacksonException | IllegalArgumentException away) {
      LOG.warn("cannot fetch the keys of {}: {}", discovery, away.toString());
      return false;
    }
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
    rounds.end();
    http.shutdownNow();
  }
}
