package io.sunchak.chaos.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.List;

/** HTTP, of which the answers are the step: the server writes each in one piece. */
final class HttpWire implements Wire {
  @Override
  public boolean isActedByTarget() {
    return true;
  }

  @Override
  public List<Message> cut(byte[] piece, int length) {
    return List.of(
        new Message(Arrays.copyOf(piece, length), new String(piece, 0, length, ISO_8859_1)));
  }

  @Override
  public byte[] marker() {
    return new byte[0];
  }

  /** An answer that is sent is done. */
  @Override
  public byte[] untilDone(byte[] piece, int length) {
    throw new IllegalStateException("nothing is waited for");
  }
}
