package io.sunchak.server.http;

import io.sunchak.core.CampaignId;
import io.sunchak.core.ledger.LedgerException;
import io.sunchak.core.log.LogException;
import io.sunchak.server.campaigns.NoSuchCampaignException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shared by the handlers: read a bounded body, run blocking calls off the event loops, answer JSON
 * or a problem.
 */
public final class Answers {
  private static final int MAX_BODY = 4_096;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * Runs blocking calls. Its queue is bounded, so that a slow ledger leads to 503 and not to a
   * growing queue.
   */
  public static final Scheduler BLOCKING =
      Schedulers.newBoundedElastic(32, 4_096, "blocking", 60, true);

  private Answers() {}

  public static Mono<ServerResponse> blocking(Callable<Mono<ServerResponse>> work) {
    return Mono.fromCallable(work)
        .subscribeOn(BLOCKING)
        .flatMap(Function.identity())
        .onErrorResume(Answers::problem);
  }

  /** Its bytes. Spring's decoders fail where the request's content type cannot be read. */
  public static Mono<byte[]> body(ServerRequest request) {
    return body(request, MAX_BODY, "at most 4 KB");
  }

  /**
   * As {@link #body(ServerRequest)}, of another size.
   *
   * @param rule for people, of a larger one
   */
  public static Mono<byte[]> body(ServerRequest request, int most, String rule) {
    return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), most)
        .map(buffer -> {
          byte[] bytes = new byte[buffer.readableByteCount()];
          buffer.read(bytes);
          DataBufferUtils.release(buffer);
          return bytes;
        })
        .onErrorMap(
            DataBufferLimitException.class,
            e -> new ProblemException(Problem.of(Code.TOO_LARGE, rule)))
        .defaultIfEmpty(new byte[0]);
  }

  /** Refuses a body of a call that takes none. */
  public static Mono<byte[]> noBody(ServerRequest request) {
    return body(request)
        .map(bytes -> {
          if (bytes.length > 0) {
            throw StrictJson.malformed("this call takes no body");
          }
          return bytes;
        });
  }

  public static CampaignId campaign(ServerRequest request) {
    String id = request.pathVariable("id");
    if (!CampaignId.isValid(id)) {
      throw new ProblemException(Problem.of(Code.CAMPAIGN_NOT_FOUND));
    }
    return new CampaignId(id);
  }

  public static Mono<ServerResponse> json(Object body) {
    return json(ServerResponse.ok(), body);
  }

  public static Mono<ServerResponse> json(ServerResponse.BodyBuilder answer, Object body) {
    return answer.contentType(MediaType.APPLICATION_JSON).bodyValue(bytes(body));
  }

  public static byte[] bytes(Object body) {
    return JSON.writeValueAsBytes(body);
  }

  public static Mono<ServerResponse> problem(Throwable error) {
    Problem expected = expected(error);
    return expected == null ? Mono.error(error) : problem(expected);
  }

  /** What an error that can be expected tells the client; null for a defect. */
  public static @Nullable Problem expected(Throwable error) {
    return switch (error) {
      case ProblemException known -> known.problem();
      case NoSuchCampaignException gone -> Problem.of(Code.CAMPAIGN_NOT_FOUND);
      // A retry would not help, so this is no 503 but a defect that an operator must look at.
      case LedgerException.Permanent defect -> null;
      case LedgerException away -> Problem.of(Code.LEDGER_DOWN);
      case LogException away -> Problem.of(Code.REDIS_DOWN);
      case RejectedExecutionException full -> Problem.of(Code.OVERLOADED);
      default -> null;
    };
  }

  public static Mono<ServerResponse> problem(Problem problem) {
    return problem(problem, null);
  }

  public static Mono<ServerResponse> problem(Problem problem, @Nullable String allow) {
    ServerResponse.BodyBuilder answer =
        ServerResponse.status(problem.code().status())
            .contentType(MediaType.parseMediaType(Problem.MEDIA_TYPE));
    if (problem.retryAfter() != null) {
      answer.header(HttpHeaders.RETRY_AFTER, problem.retryAfter().toString());
    }
    problem.headers().forEach(answer::header);
    if (allow != null) {
      answer.header(HttpHeaders.ALLOW, allow);
    }
    return answer.bodyValue(problem.json().getBytes(StandardCharsets.UTF_8));
  }
}
