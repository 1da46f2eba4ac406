package io.sunchak.load.generator;

import io.netty.buffer.ByteBuf;
import io.sunchak.token.TokenSigner;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * The users of a load and the header line by which each proves who they are. The lines are made
 * ahead, because a signature costs about as much as the rest of a request. They lie in a few large
 * blocks: the collector would copy a million small arrays while the load runs, and its pause would
 * be measured as the server's. Immutable.
 */
public final class Credentials {
  private static final Duration TOKEN_LIFE = Duration.ofHours(6);
  private static final int USERS_A_BLOCK = 1 << 14;
  private static final int EXPECTED_LINE = 320;

  private final String prefix;
  private final int users;
  private final Block[] blocks;
  private final int longestLine;

  /** Lines one after the other; line {@code i} ends before {@code ends[i]}. */
  private static final class Block {
    private final byte[] bytes;
    private final int[] ends;

    Block(byte[] bytes, int[] ends) {
      this.bytes = bytes;
      this.ends = ends;
    }

    void write(int line, ByteBuf to) {
      int start = line == 0 ? 0 : ends[line - 1];
      to.writeBytes(bytes, start, ends[line] - start);
    }

    int longest() {
      int longest = 0;
      int start = 0;
      for (int end : ends) {
        longest = Math.max(longest, end - start);
        start = end;
      }
      return longest;
    }
  }

  private Credentials(String prefix, int users, IntFunction<String> line) {
    this.prefix = prefix;
    this.users = users;
    this.blocks = new Block[Math.ceilDiv(users, USERS_A_BLOCK)];
    Arrays.parallelSetAll(blocks, block -> block(block * USERS_A_BLOCK, users, line));
    this.longestLine = Arrays.stream(blocks).mapToInt(Block::longest).max().orElse(0);
  }

  private static Block block(int first, int users, IntFunction<String> line) {
    int[] ends = new int[Math.min(USERS_A_BLOCK, users - first)];
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(ends.length * EXPECTED_LINE);
    for (int i = 0; i < ends.length; i++) {
      bytes.writeBytes((line.apply(first + i) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      ends[i] = bytes.size();
    }
    return new Block(bytes.toByteArray(), ends);
  }

  /** A bearer token for each of {@code users}, as the server requires. */
  public static Credentials tokens(TokenSigner signer, String prefix, int users) {
    return new Credentials(
        prefix,
        users,
        user -> "Authorization: Bearer " + signer.sign(prefix + user, false, TOKEN_LIFE));
  }

  /** The plain header that the lab takes. */
  public static Credentials names(String prefix, int users) {
    return new Credentials(prefix, users, user -> "X-User-Id: " + prefix + user);
  }

  /** How many users there are: 0 to {@code count() - 1}. */
  public int count() {
    return users;
  }

  /** The id of a user. */
  public String name(int user) {
    return prefix + user;
  }

  /** Writes the user's header line and the empty line after it. */
  void writeLine(int user, ByteBuf to) {
    blocks[user / USERS_A_BLOCK].write(user % USERS_A_BLOCK, to);
  }

  /** Bytes of the longest line. */
  int longestLine() {
    return longestLine;
  }
}
