package io.sunchak.server.http.live;

import io.sunchak.server.demo.DemoSite;
import io.sunchak.server.http.Calls;
import io.sunchak.server.http.Routes.Route;
import io.sunchak.server.monitor.Monitor;
import io.sunchak.server.observe.Observation;
import io.sunchak.server.observe.Version;
import io.sunchak.server.reconcile.Consistency;
import io.sunchak.server.security.TokenResult;
import io.sunchak.server.security.TokenVerifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The live view as server-sent events. Each tick is serialised once for all viewers. A viewer that
 * is too slow for a tick gets the next one, and one that reconnects gets the newest. The token is
 * verified again before each event, and the stream ends when it has expired.
 */
public final class StreamHandler implements Calls {
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final byte[] COMMENT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

  private final Consistency consistency;
  private final DemoSite demo;
  private final TokenVerifier tokens;
  private final String node = UUID.randomUUID().toString().substring(0, 8);
  private final Instant startedAt;
  private final Flux<byte[]> events;

  public StreamHandler(
      Monitor monitor,
      Consistency consistency,
      DemoSite demo,
      TokenVerifier tokens,
      InstantSource clock) {
    this.consistency = consistency;
    this.demo = demo;
    this.tokens = tokens;
    this.startedAt = clock.instant();
    this.events = monitor.watch().onBackpressureLatest().map(this::event).replay(1).refCount();
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.of(HttpMethod.GET, "/api/v1/admin/stream", this::stream));
  }

  Mono<ServerResponse> stream(ServerRequest request) {
    List<String> authorization = request.headers().header(HttpHeaders.AUTHORIZATION);
    Flux<byte[]> heartbeats = Flux.interval(HEARTBEAT).onBackpressureDrop().map(beat -> COMMENT);
    Flux<Mono<DataBuffer>> flushed =
        events
            .onBackpressureLatest()
            .materialize()
            .mergeWith(heartbeats.materialize())
            .<byte[]>dematerialize()
            .takeWhile(event -> !(tokens.verify(authorization) instanceof TokenResult.Refused))
            .map(bytes -> Mono.just(DefaultDataBufferFactory.sharedInstance.wrap(bytes)));
    return ServerResponse.ok()
        .contentType(MediaType.TEXT_EVENT_STREAM)
        .header("X-Accel-Buffering", "no") // without this nginx buffers the events
        .body((answer, context) -> answer.writeAndFlushWith(flushed));
  }

  private byte[] event(Observation observation) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("at", observation.at().toString());
    view.put("node", node);
    view.put("version", Version.NUMBER);
    view.put("startedAt", startedAt.toString());
    view.put("demo", demo.isOn());
    SnapshotView.put(view, observation, consistency);
    String data = JSON.writeValueAsString(view);
    return ("event: snapshot\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
  }
}
