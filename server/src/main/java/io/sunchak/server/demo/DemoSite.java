package io.sunchak.server.demo;

import io.sunchak.token.TokenSigner;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether this server has a demo. Only {@code start} creates one; no setting does. Guests get
 * tokens only if nobody else can reach the server: it listens on loopback and not behind a proxy.
 * Thread-safe.
 */
public final class DemoSite {
  private static final Duration GUEST = Duration.ofHours(1);
  private static final long GUESTS = 1L << 50;

  private final SecureRandom random = new SecureRandom();
  private final boolean reachable;
  private volatile @Nullable Seeded seeded;

  private record Seeded(@Nullable TokenSigner signer, Path data) {}

  /** A guest: a user for trying out the claim page. */
  public record Guest(String user, String token) {}

  /**
   * Without a demo until it is {@link #seeded}.
   *
   * @param reachable whether others than this machine's users can call the server
   */
  public DemoSite(boolean reachable) {
    this.reachable = reachable;
  }

  /**
   * Reports that the demo was created.
   *
   * @param signer null if an identity provider signs the tokens
   * @param data the data directory, by which a drop finds this server
   */
  public void seeded(@Nullable TokenSigner signer, Path data) {
    seeded = new Seeded(reachable ? null : signer, data);
  }

  /** Whether others than this machine's users can call the server. */
  public boolean isReachable() {
    return reachable;
  }

  public boolean isOn() {
    return seeded != null;
  }

  /** Whether guests can get tokens. */
  boolean hasGuests() {
    return signer() != null;
  }

  /** A new guest; empty if there are no guests. */
  Optional<Guest> guest() {
    TokenSigner signer = signer();
    if (signer == null) {
      return Optional.empty();
    }
    String user = "guest-" + Long.toString(random.nextLong(GUESTS), 36);
    return Optional.of(new Guest(user, signer.signGuest(user, GUEST)));
  }

  private @Nullable TokenSigner signer() {
    Seeded demo = seeded;
    return demo == null ? null : demo.signer();
  }

  /** The data directory, by which a drop finds this server; empty without a demo. */
  Optional<Path> data() {
    return Optional.ofNullable(seeded).map(Seeded::data);
  }
}
