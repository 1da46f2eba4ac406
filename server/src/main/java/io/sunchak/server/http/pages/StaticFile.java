package io.sunchak.server.http.pages;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sunchak.server.http.Answers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * A file on the class path. It is read and compressed once, at the first request, and sent to all
 * clients from the same memory, so that slow clients cost none. Range requests get the whole file,
 * which is allowed (RFC 9110, 14.2) and small. Thread-safe.
 *
 * <p>Spring's resource handler reads the file again for each request, and sends it compressed only
 * where a compressed file lies beside it.
 */
final class StaticFile {
  private final MediaType type;
  private final CacheControl cache;
  private final Mono<Content> content;

  /**
   * The plain and the compressed form, in direct memory that is never released, with the ETag of
   * the plain one.
   */
  private record Content(ByteBuf plain, ByteBuf compressed, String tag) {}

  /** A file that is read at the first request. */
  StaticFile(Resource file, String type, CacheControl cache) {
    this(type, cache, Mono.fromCallable(() -> bytes(file)));
  }

  /** A file of these bytes. */
  StaticFile(byte[] bytes, String type, CacheControl cache) {
    this(type, cache, Mono.just(bytes));
  }

  private StaticFile(String type, CacheControl cache, Mono<byte[]> bytes) {
    this.type = MediaType.parseMediaType(type);
    this.cache = cache;
    this.content = bytes.map(StaticFile::content).subscribeOn(Answers.BLOCKING).cache();
  }

  private static byte[] bytes(Resource file) throws IOException {
    try (InputStream in = file.getInputStream()) {
      return in.readAllBytes();
    }
  }

  private static Content content(byte[] bytes) {
    return new Content(shared(bytes), shared(compressed(bytes)), tag(bytes));
  }

  private static ByteBuf shared(byte[] bytes) {
    ByteBuf memory = Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    return Unpooled.unreleasableBuffer(memory.asReadOnly());
  }

  private static byte[] compressed(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }

  /** The answer; a 304 if the client has the file already. */
  Mono<ServerResponse> answer(ServerRequest request) {
    boolean gzip = takesGzip(request.headers().header(HttpHeaders.ACCEPT_ENCODING));
    return content.flatMap(found -> answer(found, gzip));
  }

  private Mono<ServerResponse> answer(Content found, boolean gzip) {
    ByteBuf bytes = gzip ? found.compressed : found.plain;
    ServerResponse.BodyBuilder answer =
        ServerResponse.ok()
            .contentType(type)
            .cacheControl(cache)
            .varyBy(HttpHeaders.ACCEPT_ENCODING)
            .eTag(found.tag + (gzip ? "-gzip" : ""))
            .contentLength(bytes.readableBytes());
    if (gzip) {
      answer.header(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    return answer.body(
        (response, context) -> response.writeWith(Mono.fromSupplier(() -> view(bytes))));
  }

  private static DataBuffer view(ByteBuf bytes) {
    return new NettyDataBufferFactory(bytes.alloc()).wrap(bytes.retainedDuplicate());
  }

  /** Whether one of the codings is gzip with a weight above 0 (RFC 9110, 12.5.3). */
  static boolean takesGzip(List<String> accepted) {
    return accepted.stream()
        .flatMap(line -> Stream.of(line.split(",", -1)))
        .map(coding -> coding.replaceAll("\\s", "").toLowerCase(Locale.ROOT))
        .anyMatch(coding ->
            coding.equals("gzip")
                || (coding.startsWith("gzip;q=") && !coding.matches("gzip;q=0(\\.0*)?")));
  }
}
