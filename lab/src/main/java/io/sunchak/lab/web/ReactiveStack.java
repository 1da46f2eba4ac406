package io.sunchak.lab.web;

import io.sunchak.lab.node.LabNode;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The API on Netty: a few event loops, none of which waits. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
public class ReactiveStack {
  @Bean
  RouterFunction<ServerResponse> calls(LabNode node) {
    Api api = new Api(node);
    return RouterFunctions.route(RequestPredicates.all(), request -> handle(api, request));
  }

  private static Mono<ServerResponse> handle(Api api, ServerRequest request) {
    return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), Api.MAX_BODY)
        .map(ReactiveStack::bytes)
        .defaultIfEmpty(new byte[0])
        .flatMap(body -> Mono.fromCompletionStage(() -> api.answer(call(request, body))))
        .onErrorReturn(DataBufferLimitException.class, Api.tooLarge())
        .flatMap(ReactiveStack::write);
  }

  private static byte[] bytes(DataBuffer buffer) {
    byte[] bytes = new byte[buffer.readableByteCount()];
    buffer.read(bytes);
    DataBufferUtils.release(buffer);
    return bytes;
  }

  private static Call call(ServerRequest request, byte[] body) {
    return Call.of(
        request.method().name(),
        request.requestPath().value(),
        request.queryParams().toSingleValueMap(),
        request.headers().firstHeader("X-User-Id"),
        body);
  }

  private static Mono<ServerResponse> write(Answer answer) {
    return ServerResponse.status(answer.status())
        .headers(headers -> answer.headers().forEach(headers::set))
        .bodyValue(answer.bytes());
  }
}
