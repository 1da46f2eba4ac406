package io.sunchak.server.operations;

import io.sunchak.core.token.TokenSigner;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether this server shows its demo: only what {@code start} seeded is one, no setting makes it.
 * Thread-safe.
 */
public final class DemoSite {
  private static final Duration GUEST = Duration.ofHours(1);
  private static final long GUESTS = 1L << 50;

  private final SecureRandom random = new SecureRandom();
  private volatile @Nullable Seeded seeded;

  private record Seeded(@Nullable TokenSigner signer, Path data) {}

  /** Somebody to try the claim page as. */
  public record Guest(String user, String token) {}

  /**
   * The demo stands.
   *
   * @param signer null where tokens are another one's to sign
   * @param data by which a drop finds this server
   */
  public void seeded(@Nullable TokenSigner signer, Path data) {
    seeded = new Seeded(signer, data);
  }

  public boolean isOn() {
    return seeded != null;
  }

  /** A new user; empty where there is no demo, or no tokens can be signed. */
  public Optional<Guest> guest() {
    Seeded demo = seeded;
    TokenSigner signer = demo == null ? null : demo.signer();
    if (signer == null) {
      return Optional.empty();
    }
    String user = "guest-" + Long.toString(random.nextLong(GUESTS), 36);
    return Optional.of(new Guest(user, signer.sign(user, false, GUEST)));
  }

  /** Where a drop finds this server; empty where there is no demo. */
  Optional<Path> data() {
    return Optional.ofNullable(seeded).map(Seeded::data);
  }
}
