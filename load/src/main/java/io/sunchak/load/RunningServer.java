package io.sunchak.load;

import io.sunchak.load.command.CommandException;
import io.sunchak.token.TokenSigner;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import tools.jackson.databind.JsonNode;

/** The server that runs on a data directory: where it listens, and a signer that it accepts. */
public record RunningServer(URI url, TokenSigner signer) {

  /**
   * Finds it by {@code server.json}.
   *
   * @throws CommandException when there is none
   */
  public static RunningServer of(Path data) {
    Path file = data.resolve("server.json");
    if (!Files.exists(file)) {
      throw new CommandException("no server runs on " + data, "./sunchak start --data-dir " + data);
    }
    try {
      JsonNode facts = Json.read(Files.readString(file));
      if (!facts.path("ownKey").asBoolean(true)) {
        throw new CommandException(
            "the server on "
                + data
                + " does not accept tokens signed with its data directory's key",
            "run the drop against a server that was started without its own secret or issuer");
      }
      String url = facts.path("url").asString("");
      byte[] key =
          Files.readString(data.resolve("secrets/token.secret")).getBytes(StandardCharsets.UTF_8);
      return new RunningServer(address(url), new TokenSigner(key, InstantSource.system()));
    } catch (IOException e) {
      throw new CommandException("cannot read " + e.getMessage(), "check its permissions");
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          data + " has no usable server.json or token.secret: " + e.getMessage(),
          "start the server again");
    }
  }

  private static URI address(String url) {
    URI address = URI.create(url);
    if (address.getHost() == null || address.getPort() < 0) {
      throw new IllegalArgumentException("'" + url + "' is not a URL with host and port");
    }
    return address;
  }
}
