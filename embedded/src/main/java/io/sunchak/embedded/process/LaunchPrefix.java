package io.sunchak.embedded.process;

import io.sunchak.embedded.engine.EngineException;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands before an engine's own command on this machine: they drop root, let the engine die
 * with its parent, and give it a session of its own. Found once by trying. Immutable.
 *
 * @param privileges how PostgreSQL is run, which refuses to run as root or as a user without a name
 * @param diesWithParent whether {@code kill -9} of this JVM kills the engines too; if not, they run
 *     until the next start kills them
 * @param ownSession whether Ctrl-C reaches this JVM only
 */
public record LaunchPrefix(Privileges privileges, boolean diesWithParent, boolean ownSession) {
  /** The id that owns nothing: {@code nobody}. */
  public static final int NOBODY = 65534;

  /** How PostgreSQL is kept from running as root. */
  public enum Privileges {
    /** This process runs as an ordinary user. */
    DIRECT,
    /** Seen as nobody inside a user namespace; files stay ours, mode 0700 stays readable. */
    USER_NAMESPACE,
    /** Root without user namespaces: files are given to nobody. */
    NOBODY,
    /** Root, and neither way works here. */
    IMPOSSIBLE
  }

  private static final List<String> UNSHARE = List.of("unshare", "-U");
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
  private static final List<String> DIES_WITH_PARENT = List.of("setpriv", "--pdeathsig", "KILL");
  private static final List<String> OWN_SESSION = List.of("setsid");

  /** Tries all at once, which nearly always works, and one by one only if that fails. */
  public static LaunchPrefix probe() {
    boolean direct = !isRoot() && hasName();
    LaunchPrefix best =
        new LaunchPrefix(direct ? Privileges.DIRECT : Privileges.USER_NAMESPACE, true, true);
    if (works(best.forPostgres())) {
      return best;
    }
    return new LaunchPrefix(
        direct ? Privileges.DIRECT : probePrivileges(),
        works(DIES_WITH_PARENT),
        works(OWN_SESSION));
  }

  /** What comes before Redis' own command; nothing where nothing works. */
  public List<String> forRedis() {
    return lasting(List.of());
  }

  /** The kernel clears the death signal when credentials change, so those change first. */
  public List<String> forPostgres() {
    return lasting(leaveRoot());
  }

  private List<String> leaveRoot() {
    return switch (privileges) {
      case DIRECT -> List.of();
      case USER_NAMESPACE -> UNSHARE;
      case NOBODY -> AS_NOBODY;
      case IMPOSSIBLE ->
          throw new EngineException(
              "PostgreSQL refuses to run as root, and neither user namespaces (unshare -U) nor"
                  + " setpriv work here: start as an ordinary user");
    };
  }

  private List<String> lasting(List<String> first) {
    List<String> prefix = new ArrayList<>(first);
    if (diesWithParent) {
      prefix.addAll(DIES_WITH_PARENT);
    }
    if (ownSession) {
      prefix.addAll(OWN_SESSION);
    }
    return prefix;
  }

  private static Privileges probePrivileges() {
    if (works(UNSHARE)) {
      return Privileges.USER_NAMESPACE;
    }
    if (!isRoot()) {
      return Privileges.DIRECT;
    }
    return works(AS_NOBODY) ? Privileges.NOBODY : Privileges.IMPOSSIBLE;
  }

  /** Whether this JVM runs as root. */
  public static boolean isRoot() {
    return Command.run(List.of("id", "-u")).output().strip().equals("0");
  }

  /** A container may run under any user number; PostgreSQL needs a name for it. */
  private static boolean hasName() {
    return Command.run(List.of("id", "-un")).ok();
  }

  private static boolean works(List<String> prefix) {
    List<String> command = new ArrayList<>(prefix);
    command.add("true");
    return Command.run(command).ok();
  }
}
