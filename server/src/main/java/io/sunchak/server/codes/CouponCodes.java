package io.sunchak.server.codes;

import io.sunchak.core.CodePlace;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.fpe.FPEFF1Engine;
import org.bouncycastle.crypto.params.FPEParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;

/**
 * Computes a coupon's code from its campaign and sequence, and these from the code: a key's id, the
 * 80 bits of both numbers permuted by FF1 (NIST SP 800-38G) under that key, and a check character.
 * A permutation gives no code twice, and without the key no code can be told from the others (ADR
 * 0019). Thread-safe.
 */
public final class CouponCodes {
  private static final int RADIX = CodeText.ALPHABET.length();
  private static final int HALF = 8;
  private static final int BODY = 2 * HALF;
  private static final int BITS = 5;

  private final NavigableMap<Integer, KeyParameter> keys = new TreeMap<>();
  private final @Nullable Integer current;

  /**
   * Makes codes by one of the keys and reads those of all.
   *
   * @param secrets by their ids, each one character of a code
   * @param current the id of the key that makes codes; null for the highest
   * @throws IllegalArgumentException if an id is no such character, or {@code current} is no id;
   *     the message contains no secret
   */
  public CouponCodes(Map<String, String> secrets, @Nullable String current) {
    secrets.forEach((id, secret) -> {
      if (keys.put(digit(id), key(secret)) != null) {
        throw new IllegalArgumentException("two keys have the id " + id);
      }
    });
    if (current != null && !keys.containsKey(digit(current))) {
      throw new IllegalArgumentException("there is no key with the id " + current);
    }
    this.current = current != null ? Integer.valueOf(digit(current)) : highest();
  }

  private @Nullable Integer highest() {
    return keys.isEmpty() ? null : keys.lastKey();
  }

  private static int digit(String id) {
    int digit = id.length() == 1 ? CodeText.digit(id.charAt(0)) : -1;
    if (digit < 0) {
      throw new IllegalArgumentException("a key's id is one of " + CodeText.ALPHABET);
    }
    return digit;
  }

  /** An AES key of 256 bits, from a secret of any length. */
  private static KeyParameter key(String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return new KeyParameter(
          mac.doFinal("sunchak coupon codes".getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
    }
  }

  /** Whether there is a key, without which no campaign can have codes. */
  public boolean canMake() {
    return current != null;
  }

  /** The coupon's code; empty without a key. */
  public Optional<String> of(CodePlace place) {
    if (current == null) {
      return Optional.empty();
    }
    byte[] plain = new byte[BODY];
    put(plain, 0, place.space());
    put(plain, HALF, place.sequence());
    byte[] digits = new byte[1 + BODY];
    digits[0] = current.byteValue();
    permute(true, current, keys.get(current), plain, 0, digits, 1);
    return Optional.of(CodeText.write(digits));
  }

  /**
   * The coupon that a code names, which need not exist. What is no code costs as much as one, and
   * is {@link CodePlace#NOWHERE}.
   */
  public CodePlace read(String code) {
    byte[] digits = CodeText.read(code);
    KeyParameter key = digits == null ? null : keys.get((int) digits[0]);
    if (current == null) {
      return CodePlace.NOWHERE;
    }
    byte[] plain = new byte[BODY];
    if (digits == null || key == null) {
      permute(false, current, keys.get(current), new byte[1 + BODY], 1, plain, 0);
      return CodePlace.NOWHERE;
    }
    permute(false, digits[0], key, digits, 1, plain, 0);
    return new CodePlace(number(plain, 0), number(plain, HALF));
  }

  private static void permute(
      boolean forward,
      int id,
      @Nullable KeyParameter key,
      byte[] from,
      int fromAt,
      byte[] to,
      int toAt) {
    FPEFF1Engine cipher = new FPEFF1Engine(AESEngine.newInstance());
    cipher.init(forward, new FPEParameters(key, RADIX, new byte[] {(byte) id}));
    cipher.processBlock(from, fromAt, BODY, to, toAt);
  }

  private static void put(byte[] digits, int at, long number) {
    if (number < 0 || number >= CodePlace.LIMIT) {
      throw new IllegalArgumentException("no number of 40 bits: " + number);
    }
    for (int i = HALF - 1; i >= 0; i--) {
      digits[at + i] = (byte) (number >>> (BITS * (HALF - 1 - i)) & (RADIX - 1));
    }
  }

  private static long number(byte[] digits, int at) {
    long number = 0;
    for (int i = 0; i < HALF; i++) {
      number = number << BITS | digits[at + i];
    }
    return number;
  }
}
