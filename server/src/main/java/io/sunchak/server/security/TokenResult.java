package io.sunchak.server.security;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The result of verifying a request's token. */
public sealed interface TokenResult {
  /** The token is valid and names the caller. */
  record Accepted(Caller caller) implements TokenResult {}

  /**
   * The token is missing or not valid.
   *
   * @param why a sentence for the sender, in the characters of RFC 6750's {@code error_description}
   *     and without parts of the token; null if no token was sent
   */
  record Refused(@Nullable String why) implements TokenResult {}

  /**
   * The token cannot be verified yet: the identity provider has not been reached since this
   * server's start.
   */
  record Undecided() implements TokenResult {}

  /**
   * The result depends on a fetch of keys. The stage never completes with another {@code Later}.
   */
  record Later(CompletionStage<TokenResult> result) implements TokenResult {}
}
