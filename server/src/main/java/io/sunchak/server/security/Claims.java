package io.sunchak.server.security;

import io.sunchak.core.UserId;
import io.sunchak.server.security.TokenResult.Accepted;
import io.sunchak.server.security.TokenResult.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a signed token that identify the caller, as {@link ClaimsReader} found them; null
 * and empty where they are absent. Judged at each use of the token, because time passes. Immutable.
 *
 * @param expiresAt seconds since the epoch, like {@code notBefore}
 * @param others tells whether the others meet an eligibility
 * @param fault the first claim that has a wrong form, as a sentence; null if there is none
 */
record Claims(
    @Nullable String subject,
    @Nullable String issuer,
    Set<String> audience,
    Set<Role> roles,
    boolean guest,
    @Nullable Long expiresAt,
    @Nullable Long notBefore,
    TokenClaims others,
    @Nullable String fault) {
  private static final Duration LEEWAY = Duration.ofSeconds(30);

  /** The answer to what is no JSON object. */
  static final Refused NONE = new Refused("its claims are no JSON object");

  /**
   * Judges them: they must be for {@code wantedAudience}, from {@code wantedIssuer}, currently
   * valid, and the subject must be a valid user id. Without {@code exp} they are refused.
   */
  TokenResult result(String wantedIssuer, String wantedAudience, Instant at) {
    if (fault != null) {
      return new Refused(fault);
    }
    if (!wantedIssuer.equals(issuer)) {
      return new Refused("iss is not the issuer that this server trusts");
    }
    if (!audience.contains(wantedAudience)) {
      return new Refused("aud does not contain the audience of this server");
    }
    String late = outsideItsTime(at.getEpochSecond());
    if (late != null) {
      return new Refused(late);
    }
    if (subject == null) {
      return new Refused("it has no sub");
    }
    return UserId.isValid(subject)
        ? new Accepted(new Caller(new UserId(subject), guest ? Set.of() : roles, guest, others))
        : new Refused("sub must be 1 to 128 printable ASCII characters without space");
  }

  private @Nullable String outsideItsTime(long now) {
    if (expiresAt == null) {
      return "it has no exp";
    }
    if (now - LEEWAY.toSeconds() >= expiresAt) {
      return "it has expired";
    }
    boolean early = notBefore != null && now + LEEWAY.toSeconds() < notBefore;
    return early ? "it is not valid yet" : null;
  }
}
