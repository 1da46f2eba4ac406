package io.sunchak.embedded;

import io.sunchak.embedded.EngineOptions.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A local Redis. A write is on the disk before it is answered. */
final class EmbeddedRedis implements Engine {
  private static final String ROLE = "redis";

  private final DataDirectory data;
  private final RedisProgram program;
  private final List<String> prefix;
  private final Durability durability;

  private EmbeddedRedis(
      DataDirectory data, RedisProgram program, List<String> prefix, Durability durability) {
    this.data = data;
    this.program = program;
    this.prefix = prefix;
    this.durability = durability;
  }

  static EmbeddedRedis prepare(DataDirectory data, LaunchPrefix prefix, EngineOptions options)
      throws IOException {
    Optional<EngineVersion> wrote = data.engines().read(ROLE);
    RedisProgram chosen = RedisProgram.choose(options.redisSource(), data.binaries(), wrote);
    data.engines().claim(ROLE, chosen.version());
    return new EmbeddedRedis(data, chosen, prefix.forRedis(), options.durability());
  }

  @Override
  public String role() {
    return ROLE;
  }

  @Override
  public EngineVersion version() {
    return program.version();
  }

  @Override
  public String source() {
    return program.source();
  }

  @Override
  public Path program() {
    return program.program();
  }

  @Override
  public void clear() throws IOException {
    // An operator may have deleted it to start with empty data.
    Reaper.reapWorkingIn(OwnerOnly.directory(data.redis()), program());
  }

  @Override
  public ProcessBuilder command(int port) throws IOException {
    // A file and no arguments, because every user can read a command line.
    Path config = data.run().resolve("redis.conf");
    OwnerOnly.write(config, new RedisConfig(data, durability).text(port));
    List<String> command = new ArrayList<>(prefix);
    command.add(program.program().toString());
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
