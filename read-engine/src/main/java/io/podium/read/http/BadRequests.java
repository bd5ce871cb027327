package io.podium.read.http;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;

/** Requests that are not HTTP: one answer, then the connection is closed. */
final class BadRequests {
  private BadRequests() {}

  static void answer(HttpServerRequest request, Answers answers) {
    Throwable cause = request.decoderResult().cause();
    Problem problem = Problem.MALFORMED_REQUEST;
    if (cause instanceof TooLongHttpLineException) {
      problem = Problem.TARGET_TOO_LONG;
    } else if (cause instanceof TooLongHttpHeaderException
        || cause instanceof TooLongFrameException) {
      problem = Problem.HEADERS_TOO_LARGE;
    }
    answers.problem(request, problem.refusal(), System.nanoTime());
  }
}
