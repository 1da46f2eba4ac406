package io.sunchak.embedded.directory;

import io.sunchak.embedded.engine.EngineException;
import io.sunchak.embedded.files.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * The passwords and the token key of one data directory: generated once by {@link SecureRandom},
 * stored in files that only the owner can read, and refused if others may have read or written
 * them. Immutable. Reading needs no lock, so commands beside a running server ({@code token},
 * {@code drop}) can use it.
 *
 * @param redisPassword of Redis' default user, who may do everything
 * @param redisServerPassword of Redis' user {@code sunchak}, who may do what the server needs
 * @param postgresPassword of PostgreSQL's superuser
 * @param postgresOwnerPassword of the role that owns the database and changes its tables
 * @param postgresServerPassword of the role that the server uses
 * @param tokenSecret signs tokens in embedded mode; 64 ASCII characters, 256 random bits
 * @param codeSecret makes coupons' codes in embedded mode; as long
 */
public record Secrets(
    String redisPassword,
    String redisServerPassword,
    String postgresPassword,
    String postgresOwnerPassword,
    String postgresServerPassword,
    String tokenSecret,
    String codeSecret) {
  private static final String REDIS = "redis.password";
  private static final String REDIS_SERVER = "redis-server.password";
  private static final String POSTGRES = "postgres.password";
  private static final String POSTGRES_OWNER = "postgres-owner.password";
  private static final String POSTGRES_SERVER = "postgres-server.password";
  private static final String TOKEN = "token.secret";
  private static final String CODES = "codes.secret";
  private static final List<String> ALL =
      List.of(REDIS, REDIS_SERVER, POSTGRES, POSTGRES_OWNER, POSTGRES_SERVER, TOKEN, CODES);

  /**
   * Reads what an earlier start wrote, without taking the lock.
   *
   * @throws EngineException if the directory has no readable secrets, or others may have read or
   *     written them
   */
  public static Secrets read(Path dataDirectory) {
    Path folder = folder(dataDirectory);
    try {
      OwnerOnly.refuseForeign(dataDirectory);
      OwnerOnly.refuseShared(folder);
      return new Secrets(
          read(folder, REDIS),
          read(folder, REDIS_SERVER),
          read(folder, POSTGRES),
          read(folder, POSTGRES_OWNER),
          read(folder, POSTGRES_SERVER),
          read(folder, TOKEN),
          read(folder, CODES));
    } catch (IOException e) {
      throw new EngineException(
          dataDirectory + " holds no readable secrets: start the server on it first", e);
    }
  }

  private static String read(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    OwnerOnly.refuseShared(file);
    return Files.readString(file);
  }

  /** Creates the missing secrets, then reads all. Called under the lock. */
  static Secrets ensure(Path dataDirectory) throws IOException {
    Path folder = OwnerOnly.directory(folder(dataDirectory));
    for (String name : ALL) {
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
