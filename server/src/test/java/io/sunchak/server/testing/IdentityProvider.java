package io.sunchak.server.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An identity provider on loopback that publishes one key for us, and can change it. */
public final class IdentityProvider implements AutoCloseable {
  /** Also published, and of no use here. */
  private static final String FOR_OTHERS =
      "{\"kty\":\"EC\",\"crv\":\"brainpoolP256r1\",\"x\":\"AA\",\"y\":\"AA\"},"
          + "{\"kty\":\"AKP\",\"alg\":\"ML-DSA-44\",\"pub\":\"AA\"}";

  private static final RSAKey FOREIGN = newKey("foreign");

  private final HttpServer server;
  private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger fetches = new AtomicInteger();
  private final List<String> headers = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch answers = new CountDownLatch(0);
  private volatile RSAKey key = newKey("first");

  public IdentityProvider() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(handlers);
    server.createContext(
        "/.well-known/openid-configuration",
        exchange -> answer(exchange, "{\"jwks_uri\":\"" + issuer() + "/keys\"}"));
    server.createContext(
        "/keys",
        exchange -> {
          fetches.incrementAndGet();
          awaitAnswers();
          answer(exchange, "{\"keys\":[" + FOR_OTHERS + "," + key.toPublicJWK() + "]}");
        });
    server.start();
  }

  private void answer(HttpExchange exchange, String body) throws IOException {
    exchange.getRequestHeaders().keySet().forEach(headers::add);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void awaitAnswers() {
    try {
      answers.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on it signs with, and publishes, another key alone. */
  public void rotate(String kid) {
    key = newKey(kid);
  }

  /** Its keys are asked for and not answered until {@link #answer}. */
  public void hold() {
    answers = new CountDownLatch(1);
  }

  public void answer() {
    answers.countDown();
  }

  /** How often its keys were asked for. */
  public int fetches() {
    return fetches.get();
  }

  /** The names of all headers that came. */
  public List<String> headers() {
    return List.copyOf(headers);
  }

  /** A user's token, signed with the key of now. */
  public String token(String user) {
    return token(user, key);
  }

  /** Signed with a key that nobody publishes. */
  public String forged(String user, String kid) {
    return token(user, new RSAKey.Builder(FOREIGN).keyID(kid).build());
  }

  private String token(String user, RSAKey signing) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(signing.getKeyID()).build(),
              new JWTClaimsSet.Builder()
                  .issuer(issuer())
                  .audience("sunchak")
                  .subject(user)
                  .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(10))))
                  .build());
      token.sign(new RSASSASigner(signing));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RSAKey newKey(String kid) {
    try {
      return new RSAKeyGenerator(2_048).keyID(kid).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    answers.countDown();
    server.stop(0);
    handlers.shutdownNow();
  }
}
