package io.sunchak.embedded.testing;

import io.sunchak.embedded.process.Command;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A CA, a server's certificate that it signed for 127.0.0.1 alone, and another CA that signed
 * nothing; made by the JDK's keytool, as PEM files.
 */
public record Certificates(Path ca, Path otherCa, Path certificate, Path key) {
  private static final String PASSWORD = "changeit";

  /** Makes them in this folder, which exists. */
  public static Certificates in(Path folder) throws IOException, GeneralSecurityException {
    Path store = folder.resolve("store.p12").toAbsolutePath();
    String san = "san=ip:127.0.0.1";
    keytool(store, "ca", "-ext", "bc:c");
    keytool(store, "other", "-ext", "bc:c");
    keytool(store, "server", "-signer", "ca", "-ext", san);
    KeyStore made = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      made.load(in, PASSWORD.toCharArray());
    }
    Path key =
        pem(
            folder,
            "key",
            "PRIVATE KEY",
            made.getKey("server", PASSWORD.toCharArray()).getEncoded());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    return new Certificates(
        pem(folder, "ca", "CERTIFICATE", made.getCertificate("ca").getEncoded()),
        pem(folder, "other", "CERTIFICATE", made.getCertificate("other").getEncoded()),
        pem(folder, "server", "CERTIFICATE", made.getCertificate("server").getEncoded()),
        key);
  }

  private static void keytool(Path store, String alias, String... more) {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command = new ArrayList<>();
    command.addAll(List.of(keytool.toString(), "-genkeypair", "-alias", alias));
    command.addAll(List.of("-keyalg", "EC", "-dname", "CN=" + alias, "-validity", "2"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    command.addAll(List.of(more));
    Command.Result result = Command.run(command);
    if (!result.ok()) {
      throw new IllegalStateException(result.output());
    }
  }

  private static Path pem(Path folder, String name, String kind, byte[] der) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Path file = folder.resolve(name + ".pem").toAbsolutePath();
    return Files.writeString(
        file, "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(kind, text));
  }

  /** Redis' settings for a second port, which speaks TLS alone, as on its command line. */
  public List<String> redis(int port) {
    return List.of(
        "--tls-port",
        Integer.toString(port),
        "--tls-cert-file",
        certificate.toString(),
        "--tls-key-file",
        key.toString(),
        "--tls-ca-cert-file",
        ca.toString(),
        "--tls-auth-clients",
        "no");
  }
}
