package io.sunchak.lab.web;

import io.sunchak.lab.node.LabNode;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** The API on Tomcat: a thread for each request, which waits for the answer. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class ServletStack {
  @Bean
  RouterFunction<ServerResponse> calls(LabNode node) {
    Api api = new Api(node);
    return RouterFunctions.route(RequestPredicates.all(), request -> handle(api, request));
  }

  private static ServerResponse handle(Api api, ServerRequest request) throws IOException {
    byte[] body = request.servletRequest().getInputStream().readNBytes(Api.MAX_BODY + 1);
    return write(
        body.length > Api.MAX_BODY
            ? Api.tooLarge()
            : api.answer(call(request, body)).toCompletableFuture().join());
  }

  private static Call call(ServerRequest request, byte[] body) {
    return Call.of(
        request.method().name(),
        request.requestPath().value(),
        request.params().toSingleValueMap(),
        request.headers().firstHeader("X-User-Id"),
        body);
  }

  private static ServerResponse write(Answer answer) {
    return ServerResponse.status(answer.status())
        .headers(headers -> answer.headers().forEach(headers::set))
        .body(answer.bytes());
  }
}
