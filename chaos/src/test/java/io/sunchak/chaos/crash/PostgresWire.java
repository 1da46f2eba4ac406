package io.sunchak.chaos.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's protocol, version 3: messages of a type and a length, after a first one without a
 * type. The driver waits for the end of one question before it asks the next.
 */
final class PostgresWire implements Wire {
  private static final byte PARSE = 'P';
  private static final byte BIND = 'B';
  private static final byte QUERY = 'Q';
  private static final byte READY = 'Z';
  private static final int SSL_QUESTION = 80_877_103;
  private static final int ENCRYPTION_QUESTION = 80_877_104;

  private final Map<String, String> statements = new HashMap<>();
  private final StringBuilder transaction = new StringBuilder();
  private boolean inTransaction;
  private boolean started;
  private byte[] rest = {};
  private byte[] answers = {};

  @Override
  public boolean isActedByTarget() {
    return false;
  }

  @Override
  public List<Message> cut(byte[] piece, int length) {
    ByteBuffer all = joined(rest, piece, length);
    List<Message> whole = new ArrayList<>();
    for (byte[] one = next(all, started); one != null; one = next(all, started)) {
      whole.add(new Message(one, started ? text(one) : start(one)));
    }
    rest = remaining(all);
    return whole;
  }

  private static ByteBuffer joined(byte[] before, byte[] piece, int length) {
    byte[] all = Arrays.copyOf(before, before.length + length);
    System.arraycopy(piece, 0, all, before.length, length);
    return ByteBuffer.wrap(all);
  }

  private static byte @Nullable [] next(ByteBuffer all, boolean typed) {
    int head = typed ? 1 : 0;
    if (all.remaining() < head + Integer.BYTES) {
      return null;
    }
    int size = head + all.getInt(all.position() + head);
    if (all.remaining() < size) {
      return null;
    }
    byte[] one = new byte[size];
    all.get(one);
    return one;
  }

  private static byte[] remaining(ByteBuffer all) {
    byte[] left = new byte[all.remaining()];
    all.get(left);
    return left;
  }

  private String start(byte[] message) {
    int code = ByteBuffer.wrap(message).getInt(Integer.BYTES);
    started = code != SSL_QUESTION && code != ENCRYPTION_QUESTION;
    return "";
  }

  private String text(byte[] message) {
    String body = new String(message, 5, message.length - 5, ISO_8859_1);
    return switch (message[0]) {
      case PARSE -> {
        String[] parts = body.split("\0", 3);
        statements.put(parts[0], parts[1].replaceAll("\\s+", " "));
        yield "";
      }
      case BIND -> {
        String[] parts = body.split("\0", 3);
        yield run(statements.getOrDefault(parts[1], "unknown"), parts[2]);
      }
      case QUERY -> run(body.replaceAll("\\s+", " "), "");
      default -> "";
    };
  }

  private String run(String statement, String parameters) {
    if (!inTransaction) {
      transaction.setLength(0);
    }
    inTransaction |= statement.startsWith("BEGIN");
    inTransaction &= !statement.startsWith("COMMIT") && !statement.equals("ROLLBACK");
    return transaction.append(Message.NEXT).append(statement).append(parameters).toString();
  }

  @Override
  public byte[] marker() {
    return new byte[0];
  }

  @Override
  public byte @Nullable [] untilDone(byte[] piece, int length) {
    ByteBuffer all = joined(answers, piece, length);
    ByteArrayOutputStream passing = new ByteArrayOutputStream();
    for (byte[] one = next(all, true); one != null; one = next(all, true)) {
      if (one[0] == READY) {
        return null;
      }
      passing.writeBytes(one);
    }
    answers = remaining(all);
    return passing.toByteArray();
  }
}
