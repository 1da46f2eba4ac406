package io.sunchak.embedded.redis;

import io.sunchak.embedded.directory.DataDirectory;
import io.sunchak.embedded.engine.Engine;
import io.sunchak.embedded.engine.EngineOptions;
import io.sunchak.embedded.engine.EngineOptions.Durability;
import io.sunchak.embedded.engine.EngineProgram;
import io.sunchak.embedded.engine.EngineVersion;
import io.sunchak.embedded.files.OwnerOnly;
import io.sunchak.embedded.loopback.LoopbackProbe;
import io.sunchak.embedded.process.Command;
import io.sunchak.embedded.process.LaunchPrefix;
import io.sunchak.embedded.process.Reaper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A local Redis. A write is on the disk before it is answered. */
public record EmbeddedRedis(
    DataDirectory data, EngineProgram program, List<String> prefix, Durability durability)
    implements Engine {
  private static final String ROLE = "redis";

  /** Chooses the program, which must read what an earlier one wrote. */
  public static EmbeddedRedis prepare(
      DataDirectory data, LaunchPrefix prefix, EngineOptions options) throws IOException {
    Optional<EngineVersion> wrote = data.engines().read(ROLE);
    EngineProgram chosen = RedisProgram.choose(options.redisSource(), data.binaries(), wrote);
    data.engines().claim(ROLE, chosen.version());
    return new EmbeddedRedis(data, chosen, prefix.forRedis(), options.durability());
  }

  @Override
  public String role() {
    return ROLE;
  }

  @Override
  public void clear() throws IOException {
    // An operator may have deleted it to start with empty data.
    Reaper.reapWorkingIn(OwnerOnly.directory(data.redis()), program.path());
    TornTransaction.cut(data.redis());
  }

  @Override
  public ProcessBuilder command(int port) throws IOException {
    // A file and no arguments, because every user can read a command line.
    Path config = data.run().resolve("redis.conf");
    OwnerOnly.write(config, new RedisConfig(data, durability).text(port));
    List<String> command = new ArrayList<>(prefix);
    command.add(program.path().toString());
    command.add(config.toString());
    return Command.builder(command).directory(data.redis().toFile());
  }

  @Override
  public boolean ready(int port) {
    return LoopbackProbe.redis(port, data.secrets().redisPassword());
  }

  @Override
  public boolean loading(int port) {
    return LoopbackProbe.redisLoads(port, data.secrets().redisPassword());
  }

  /** Redis flushes its log and exits. */
  @Override
  public String stopSignal() {
    return "TERM";
  }
}
