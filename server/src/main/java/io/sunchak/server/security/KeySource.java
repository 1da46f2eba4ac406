package io.sunchak.server.security;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.concurrent.CompletionStage;

/** The keys of an identity provider. Thread-safe; never blocks. */
interface KeySource {
  /** The keys that are known now. */
  JWKSet known();

  /**
   * Fetches the keys that the provider publishes now, for a token with an unknown key. Completes
   * with the known keys if the provider does not answer in time; never completes exceptionally.
   */
  CompletionStage<JWKSet> newest();
}
