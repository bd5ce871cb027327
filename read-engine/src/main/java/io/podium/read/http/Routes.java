package io.podium.read.http;

import io.podium.read.hit.Cors;
import io.podium.read.hit.HitHandler;
import io.podium.read.page.BoardBook;
import io.podium.read.refresh.Books;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;

/** Everything that is no plain hit: a switch by path, and every refusal. One per event loop. */
final class Routes implements HitHandler.SlowPath {
  static final String ALLOWED = "GET, HEAD";

  /** Part of the API, unlike the files of a site, whose addresses may carry a version. */
  private static final Set<String> DOCUMENTS = Set.of("openapi.yaml", "docs", "docs.js");

  private final Books books;
  private final Answers answers;
  private final Cors cors;
  private final Site site;
  private final PageRoute page;
  private final BoardsRoute boards;
  private final ExplainRoute explain;
  private final ProductRoute product;
  private final ChangesRoute changes;

  Routes(
      Books books,
      Answers answers,
      Cors cors,
      Site site,
      PageRoute page,
      BoardsRoute boards,
      ExplainRoute explain,
      ProductRoute product,
      ChangesRoute changes) {
    this.books = books;
    this.answers = answers;
    this.cors = cors;
    this.site = site;
    this.page = page;
    this.boards = boards;
    this.explain = explain;
    this.product = product;
    this.changes = changes;
  }

  @Override
  public void handle(HttpServerRequest request, long started) {
    try {
      checkSize(request);
      Target target = Target.parse(request.uri());
      HttpMethod method = request.method();
      if (HttpMethod.OPTIONS.equals(method) && cors.isOn()) {
        answers.preflight(request, started);
        return;
      }
      if (!HttpMethod.GET.equals(method) && !HttpMethod.HEAD.equals(method)) {
        throw Problem.METHOD_NOT_ALLOWED.refusal();
      }
      route(request, target, started);
    } catch (Refusal refusal) {
      answers.problem(request, refusal, started);
    } catch (RuntimeException failure) {
      answers.failure(request, failure, started);
    }
  }

  /**
   * A body means nothing here. It is refused and the connection closed, not read over: so no two
   * readers can ever disagree about where it ends.
   */
  private static void checkSize(HttpServerRequest request) {
    MultiMap headers = request.headers();
    String length = headers.get(HttpHeaders.CONTENT_LENGTH);
    if (headers.contains(HttpHeaders.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"))) {
      throw Problem.BODY_TOO_LARGE.refusal();
    }
  }

  private void route(HttpServerRequest request, Target target, long started) {
    List<String> path = target.path();
    if (path.get(0).equals("v1") && path.size() > 1) {
      switch (path.get(1)) {
        case "boards" -> boards(request, target, started);
        case "products" -> product(request, target, started);
        case "rankings" -> ranking(request, target, started);
        default -> throw Problem.UNKNOWN_ADDRESS.refusal();
      }
      return;
    }
    if (path.size() == 1 && DOCUMENTS.contains(path.get(0))) {
      PageRequests.noParameters(target);
    }
    Asset asset = site.find(path);
    if (asset == null) {
      throw Problem.UNKNOWN_ADDRESS.refusal();
    }
    answers.document(request, asset, started);
  }

  private void boards(HttpServerRequest request, Target target, long started) {
    need(target.path().size() == 2);
    PageRequests.noParameters(target);
    boards.answer(request, known(), started);
  }

  private void product(HttpServerRequest request, Target target, long started) {
    need(target.path().size() == 3 && !target.path().get(2).isEmpty());
    PageRequests.noParameters(target);
    product.answer(request, known(), target.path().get(2), started);
  }

  private void ranking(HttpServerRequest request, Target target, long started) {
    List<String> path = target.path();
    need(path.size() > 2 && !path.get(2).isEmpty());
    if (path.size() == 3) {
      page.answer(request, target, known(), started);
    } else if (path.size() == 4 && path.get(3).equals("changes")) {
      changes.answer(request, target, known(), started);
    } else {
      need(path.size() == 5 && path.get(3).equals("products") && !path.get(4).isEmpty());
      explain.answer(request, target, known(), started);
    }
  }

  private static void need(boolean there) {
    if (!there) {
      throw Problem.UNKNOWN_ADDRESS.refusal();
    }
  }

  /** Without boards nothing can be told apart: that is no 404. */
  private BoardBook known() {
    BoardBook book = books.current();
    if (book.version() == 0) {
      throw Problem.UNAVAILABLE.refusal();
    }
    return book;
  }
}
