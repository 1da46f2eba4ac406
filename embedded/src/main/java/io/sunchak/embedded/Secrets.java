package io.sunchak.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The passwords and the token key of one data directory: made once from a {@link SecureRandom},
 * kept in files that only the owner can read. Immutable. Reading needs no lock, so commands beside
 * a running server ({@code token}, {@code drop}) can use it.
 *
 * @param redisPassword of Redis' default user, who may do everything
 * @param redisServerPassword of Redis' user {@code sunchak}, who may do what the server needs
 * @param postgresPassword of PostgreSQL's superuser
 * @param tokenSecret signs tokens in embedded mode; 64 ASCII characters, 256 random bits
 */
public record Secrets(
    String redisPassword, String redisServerPassword, String postgresPassword, String tokenSecret) {
  private static final String REDIS = "redis.password";
  private static final String REDIS_SERVER = "redis-server.password";
  private static final String POSTGRES = "postgres.password";
  private static final String TOKEN = "token.secret";

  /**
   * Reads what an earlier start wrote, without taking the lock.
   *
   * @throws EngineException when the directory holds no secrets, or not readable ones
   */
  public static Secrets read(Path dataDirectory) {
    Path folder = folder(dataDirectory);
    try {
      return new Secrets(
          Files.readString(folder.resolve(REDIS)),
          Files.readString(folder.resolve(REDIS_SERVER)),
          Files.readString(folder.resolve(POSTGRES)),
          Files.readString(folder.resolve(TOKEN)));
    } catch (IOException e) {
      throw new EngineException(
          dataDirectory + " holds no readable secrets: start the server on it first", e);
    }
  }

  /** Called under the lock: makes what is missing, then reads. */
  static Secrets ensure(Path dataDirectory) throws IOException {
    Path folder = OwnerOnly.directory(folder(dataDirectory));
    for (String name : new String[] {REDIS, REDIS_SERVER, POSTGRES, TOKEN}) {
      if (!Files.exists(folder.resolve(name))) {
        OwnerOnly.keep(folder.resolve(name), random());
      }
    }
    return read(dataDirectory);
  }

  /** Keeps secrets out of logs. */
  @Override
  public String toString() {
    return "Secrets[hidden]";
  }

  private static Path folder(Path dataDirectory) {
    return dataDirectory.resolve("secrets");
  }

  private static String random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
