package io.sunchak.load;

import io.sunchak.load.UnreliableServer.Request;
import io.sunchak.load.UnreliableServer.Treatment;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A server that has the few calls a drop makes and no durability: honest, or dishonest in one
 * planted way.
 */
final class ShopInMemory implements Treatment {
  private static final Pattern CURSOR = Pattern.compile("cursor=(\\d+)");
  private static final String NOW = "2026-01-01T00:00:00Z";

  private final Lie lie;
  private final Map<String, Long> told = new HashMap<>();
  private final List<String> rows = new ArrayList<>();
  private long stock;

  /** What the server does wrong. */
  enum Lie {
    NONE,
    /** Everybody after the last coupon gets one more. */
    OVERSELLS,
    /** The third row is never written, though its user was told yes. */
    LOSES,
    /** Rows carry the next number, not the one that was told. */
    RENUMBERS,
    /** A user who asks again gets another coupon. */
    GIVES_TWICE,
    /** Says sold out with one coupon left. */
    UNDERSELLS,
    /** A row for somebody who never asked. */
    INVENTS,
    /** Every fifth answer never comes. */
    FALLS_SILENT
  }

  ShopInMemory(Lie lie) {
    this.lie = lie;
  }

  @Override
  public synchronized void apply(Request request, Socket socket)
      throws IOException, InterruptedException {
    if (request.head().startsWith("GET")) {
      answer(socket, 200, page(request.path()));
    } else if (request.path().startsWith("/api/v1/admin")) {
      JsonNode campaign = Json.read(request.body());
      stock = campaign.path("totalStock").asLong();
      answer(socket, 201, "{}");
    } else {
      issue(user(request), socket);
    }
  }

  private void issue(String user, Socket socket) throws IOException, InterruptedException {
    Long before = lie == Lie.GIVES_TWICE ? null : told.get(user);
    if (before != null) {
      answer(socket, 200, "{\"sequence\":%d}".formatted(before));
      return;
    }
    long limit =
        switch (lie) {
          case OVERSELLS -> Long.MAX_VALUE;
          case UNDERSELLS -> stock - 1;
          default -> stock;
        };
    if (rows.size() >= limit) {
      answer(socket, 409, "{\"code\":\"SOLD_OUT\"}");
      return;
    }
    rows.add(user);
    told.put(user, (long) rows.size());
    if (lie == Lie.FALLS_SILENT && rows.size() % 5 == 0) {
      socket.close();
    } else {
      answer(socket, 202, "{\"sequence\":%d}".formatted(rows.size()));
    }
  }

  private String page(String path) {
    Matcher matcher = CURSOR.matcher(path);
    long after = matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    List<String> items = new ArrayList<>();
    for (int i = (int) after; i < rows.size(); i++) {
      boolean lost = lie == Lie.LOSES && i == 2;
      if (!lost) {
        items.add(row(lie == Lie.RENUMBERS ? i + 2 : i + 1, rows.get(i)));
      }
    }
    if (lie == Lie.INVENTS && after == 0) {
      items.add(row(rows.size() + 1, "nobody"));
    }
    return "{\"items\":[%s]}".formatted(String.join(",", items));
  }

  private static String row(long sequence, String user) {
    return "{\"sequence\":%d,\"userId\":\"%s\",\"acceptedAt\":\"%s\",\"issuedAt\":\"%s\"}"
        .formatted(sequence, user, NOW, NOW);
  }

  private static String user(Request request) {
    String token = request.head().lines().filter(ShopInMemory::isToken).findFirst().orElseThrow();
    byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.", 3)[1]);
    return Json.read(new String(claims, StandardCharsets.UTF_8)).path("sub").asString();
  }

  private static boolean isToken(String line) {
    return line.regionMatches(true, 0, "authorization: bearer ", 0, 22);
  }

  private static void answer(Socket socket, int status, String body)
      throws IOException, InterruptedException {
    UnreliableServer.write(socket, UnreliableServer.response(status, body, ""));
  }
}
