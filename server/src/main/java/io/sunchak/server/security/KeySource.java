package io.sunchak.server.security;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.concurrent.CompletionStage;

/** Where an identity provider's keys come from. Thread-safe; never blocks. */
interface KeySource {
  /** Those known now. */
  JWKSet known();

  /**
   * Those that the provider publishes now, for a token of a key that is not known; when it cannot
   * be asked in time, those known. Never completes exceptionally.
   */
  CompletionStage<JWKSet> newest();
}
