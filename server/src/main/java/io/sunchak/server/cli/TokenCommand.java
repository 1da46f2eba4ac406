package io.sunchak.server.cli;

import io.sunchak.core.UserId;
import io.sunchak.embedded.directory.Secrets;
import io.sunchak.embedded.engine.EngineException;
import io.sunchak.server.security.Role;
import io.sunchak.token.TokenSigner;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./sunchak token}: prints signed tokens and nothing else. */
@Command(
    name = "token",
    description = "Print a signed token for trying out, from the data directory's own key.",
    mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {
  private static final int MOST = 1_000_000;

  /** The claims that the other options set. */
  private static final List<String> OWN =
      List.of("iss", "aud", "sub", "roles", "iat", "exp", TokenSigner.GUEST);

  @Option(names = "--user", description = "the user's id")
  private @Nullable String user;

  @Option(names = "--admin", description = "with the role admin")
  private boolean admin;

  @Option(
      names = "--role",
      description =
          "with this role: redeemer, viewer, operator or admin; several times for several")
  private List<Role> roles = new ArrayList<>();

  @Option(
      names = "--claim",
      paramLabel = "<name=value>",
      description = "with this claim; several values of one name are a list")
  private List<String> given = new ArrayList<>();

  @Option(names = "--users", description = "so many tokens, a line each")
  private int users;

  @Option(names = "--prefix", defaultValue = "u", description = "their users' prefix: u1, u2, …")
  private String prefix = "u";

  @Option(
      names = "--ttl",
      defaultValue = "24h",
      description = "such as 24h, 15m, 30s; -60s: expired")
  private String ttl = "24h";

  @Option(names = "--data-dir", defaultValue = "data", description = "the server's data directory")
  private Path dataDirectory = Path.of("data");

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandSpec command = java.util.Objects.requireNonNull(spec);
    if ((user == null) == (users == 0) || users < 0 || users > MOST) {
      throw wrong(command, "give either --user U or --users N (1 to 1,000,000)");
    }
    String first = user == null ? prefix + users : user;
    if (!UserId.isValid(first)) {
      throw wrong(command, "a user id is 1 to 128 printable ASCII characters without space");
    }
    Map<String, List<String>> claims = claims(command);
    if (ServerFile.hasOtherKey(dataDirectory)) {
      throw new EngineException(
          "the server on "
              + dataDirectory
              + " does not accept tokens of this key: ask the one who signs its tokens");
    }
    byte[] key = Secrets.read(dataDirectory).tokenSecret().getBytes(StandardCharsets.UTF_8);
    TokenSigner signer = new TokenSigner(key, InstantSource.system());
    Duration life = duration(command);
    PrintWriter out = command.commandLine().getOut();
    if (user != null) {
      out.println(signer.sign(user, roles(), claims, life));
    }
    for (int i = 1; i <= users; i++) {
      out.println(signer.sign(prefix + i, roles(), claims, life));
    }
    out.flush();
    return 0;
  }

  private Map<String, List<String>> claims(CommandSpec command) {
    Map<String, List<String>> claims = new LinkedHashMap<>();
    for (String one : given) {
      int equals = one.indexOf('=');
      if (equals < 1 || OWN.contains(one.substring(0, equals))) {
        throw wrong(command, "--claim takes name=value, and no name of " + OWN);
      }
      claims
          .computeIfAbsent(one.substring(0, equals), name -> new ArrayList<>())
          .add(one.substring(equals + 1));
    }
    return claims;
  }

  private List<String> roles() {
    Set<Role> all = EnumSet.noneOf(Role.class);
    all.addAll(roles);
    if (admin) {
      all.add(Role.ADMIN);
    }
    return all.stream().map(Role::claim).toList();
  }

  private Duration duration(CommandSpec command) {
    try {
      String negative = ttl.startsWith("-") ? "-" : "";
      String amount = ttl.substring(negative.length()).toUpperCase(java.util.Locale.ROOT);
      return Duration.parse(negative + "PT" + amount);
    } catch (java.time.format.DateTimeParseException e) {
      throw wrong(command, "--ttl takes a duration such as 24h, 15m or -60s");
    }
  }

  private static ParameterException wrong(CommandSpec command, String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
