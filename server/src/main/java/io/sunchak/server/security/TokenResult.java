package io.sunchak.server.security;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a request's token comes to. */
public sealed interface TokenResult {
  /** It holds, and names the caller. */
  record Accepted(Caller caller) implements TokenResult {}

  /**
   * It names nobody.
   *
   * @param why a sentence for whoever sent it, in the characters of RFC 6750's {@code
   *     error_description} and without anything of the token; null when none was sent
   */
  record Refused(@Nullable String why) implements TokenResult {}

  /** It may hold: the identity provider has not been reached since the start of this server. */
  record Undecided() implements TokenResult {}

  /** Known only when something came from elsewhere; that stage is never a {@code Later} again. */
  record Later(CompletionStage<TokenResult> result) implements TokenResult {}
}
