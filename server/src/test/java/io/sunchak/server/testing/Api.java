package io.sunchak.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A client that holds every answer against the OpenAPI file. */
public final class Api {
  public static final String CAMPAIGNS = "/api/v1/campaigns";
  public static final String ADMIN = "/api/v1/admin/campaigns";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final LiveServer server;

  public Api(LiveServer server) {
    this.server = server;
  }

  public LiveServer server() {
    return server;
  }

  /** Sends it; redirects are not followed. */
  public Answer send(Call call) {
    try {
      Answer answer = Answer.of(HTTP.send(call.on(server.url()), BodyHandlers.ofByteArray()));
      OpenApi.get().check(call, answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(call.method() + " " + call.target(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public Answer get(String target) {
    return send(Call.get(target));
  }

  /** Sends it with an admin's token. */
  public Answer admin(Call call) {
    return send(call.as(server.admin()));
  }

  /** The user presses the button. */
  public Answer issue(String campaign, String user) {
    return send(Call.post(CAMPAIGNS + "/" + campaign + "/issues").as(server.user(user)));
  }

  public Answer mine(String campaign, String user) {
    return send(Call.get(CAMPAIGNS + "/" + campaign + "/issues/me").as(server.user(user)));
  }

  /** Creates a campaign that is open from 2020 to 2099; null is unlimited. */
  public Answer create(String id, @Nullable Integer stock) {
    return create(id, stock, "2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z");
  }

  public Answer create(String id, @Nullable Integer stock, String opensAt, String closesAt) {
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put("id", id);
    fields.put("name", "Campaign " + id);
    fields.put("totalStock", stock);
    fields.put("opensAt", opensAt);
    fields.put("closesAt", closesAt);
    return admin(Call.post(ADMIN).json(fields)).is(201);
  }

  public JsonNode campaign(String id) {
    return admin(Call.get(ADMIN + "/" + id)).is(200).json();
  }

  /** Changes it from the version it has now. */
  public Answer patch(String id, Map<String, ?> fields) {
    String version = "\"" + campaign(id).path("version").asLong() + "\"";
    return admin(Call.patch(ADMIN + "/" + id).with("If-Match", version).json(fields));
  }

  /** pause, resume or close. */
  public Answer ask(String verb, String id) {
    return admin(Call.post(ADMIN + "/" + id + "/" + verb));
  }
}
