package io.sunchak.admission.link;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.sunchak.core.log.LogException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Questions that go to Redis in one write and come back in one read: a thousand asked one by one
 * cost ten times as much on both sides. Reads only. Not thread-safe.
 */
public final class Pipeline {
  private static final StringCodec CODEC = StringCodec.UTF8;

  private final List<RedisCommand<String, String, ?>> questions = new ArrayList<>();

  /** The fields' values; empty for those that are missing. */
  public CompletionStage<List<String>> hmget(String key, String... fields) {
    CommandArgs<String, String> args = new CommandArgs<>(CODEC).addKey(key);
    for (String field : fields) {
      args.add(field);
    }
    return ask(CommandType.HMGET, new ValueListOutput<>(CODEC), args)
        .thenApply(values -> values.stream().map(value -> value == null ? "" : value).toList());
  }

  /** How many fields the hash has. */
  public CompletionStage<Long> hlen(String key) {
    return ask(CommandType.HLEN, new IntegerOutput<>(CODEC), new CommandArgs<>(CODEC).addKey(key));
  }

  /** Seconds and microseconds. */
  public CompletionStage<List<String>> time() {
    return ask(CommandType.TIME, new ValueListOutput<>(CODEC), new CommandArgs<>(CODEC));
  }

  private <T> CompletionStage<T> ask(
      CommandType type, CommandOutput<String, String, T> output, CommandArgs<String, String> args) {
    AsyncCommand<String, String, T> question =
        new AsyncCommand<>(new Command<>(type, output, args));
    questions.add(question);
    return question;
  }

  /**
   * Writes them all.
   *
   * @throws LogException when no connection stands
   */
  public void send(Link link) {
    Link.Established now = link.established();
    if (now == null) {
      throw new LogException("Redis is not connected", null);
    }
    now.connection().dispatch(questions);
  }
}
