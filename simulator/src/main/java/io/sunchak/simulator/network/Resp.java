package io.sunchak.simulator.network;

import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.protocol.RedisStateMachine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Redis' protocol: what Lettuce sends is read, and what it reads is written. */
final class Resp {
  private Resp() {}

  /** An error reply. */
  record Refusal(String message) {}

  /** The words of a command, its name first. */
  static List<String> words(RedisCommand<?, ?, ?> command) {
    ByteBuf sent = Unpooled.buffer();
    command.encode(sent);
    int count = number(sent, '*');
    List<String> words = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int length = number(sent, '$');
      words.add(sent.readCharSequence(length, StandardCharsets.UTF_8).toString());
      sent.skipBytes(2);
    }
    return words;
  }

  private static int number(ByteBuf from, char mark) {
    if (from.readByte() != mark) {
      throw new IllegalStateException("not " + mark);
    }
    int number = 0;
    for (byte digit = from.readByte(); digit != '\r'; digit = from.readByte()) {
      number = number * 10 + digit - '0';
    }
    from.skipBytes(1);
    return number;
  }

  /** Ends a command with a reply, as Lettuce does with what it reads. */
  static <T> void answer(RedisCommand<?, ?, T> command, @Nullable Object reply) {
    ByteBuf read = Unpooled.buffer();
    write(read, reply);
    RedisStateMachine machine = new RedisStateMachine();
    try {
      machine.decode(read, command.getOutput());
    } finally {
      machine.close();
    }
    command.complete();
  }

  private static void write(ByteBuf to, @Nullable Object reply) {
    switch (reply) {
      case null -> text(to, "$-1\r\n");
      case Long number -> text(to, ":" + number + "\r\n");
      case Refusal error -> text(to, "-" + error.message() + "\r\n");
      case List<?> all -> {
        text(to, "*" + all.size() + "\r\n");
        all.forEach(one -> write(to, one));
      }
      default -> {
        byte[] bytes = reply.toString().getBytes(StandardCharsets.UTF_8);
        text(to, "$" + bytes.length + "\r\n");
        to.writeBytes(bytes);
        text(to, "\r\n");
      }
    }
  }

  private static void text(ByteBuf to, String text) {
    to.writeCharSequence(text, StandardCharsets.US_ASCII);
  }
}
