package io.sunchak.server.http.admin;

import io.sunchak.server.http.Answers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Streams a list as a CSV file. Only one page is in memory at a time. */
final class CsvAnswer {
  private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");

  private CsvAnswer() {}

  /**
   * Answers with all pages.
   *
   * @param page reads the items after a key; the first page is read after 0
   * @param key the key of an item
   */
  static <T> Mono<ServerResponse> of(
      String file,
      String header,
      LongFunction<List<T>> page,
      ToLongFunction<T> key,
      Function<List<T>, String> lines) {
    Flux<String> chunks =
        Flux.<List<T>, Long>generate(
                () -> 0L,
                (after, sink) -> {
                  List<T> items = page.apply(after);
                  if (items.isEmpty()) {
                    sink.complete();
                    return after;
                  }
                  sink.next(items);
                  return key.applyAsLong(items.getLast());
                })
            .map(lines)
            .subscribeOn(Answers.BLOCKING);
    return ServerResponse.ok()
        .contentType(CSV)
        .header("X-Accel-Buffering", "no") // without this nginx buffers the list on its disk
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + "\"")
        .body(
            BodyInserters.fromDataBuffers(
                Flux.concat(Flux.just(header), chunks).map(CsvAnswer::buffer)));
  }

  private static DataBuffer buffer(String text) {
    return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
