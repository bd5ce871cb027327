package io.podium.read.http;

import io.podium.read.hit.Meaning;
import io.podium.read.hit.Shedding;
import io.podium.read.overload.Admission;
import io.podium.read.page.BoardBook;
import io.podium.read.page.BoardView;
import io.podium.read.refresh.Books;
import io.podium.read.refresh.PageLoader;
import java.net.SocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells before anything is made for a request whether it would be shed: pages, and products by the
 * plainest spelling of their addresses. What is spelled otherwise is shed behind the router. One
 * per event loop.
 */
final class MissLoads implements Shedding.Loads {
  private static final String PRODUCTS = "/v1/products/";
  private static final String RANKINGS = "/v1/rankings/";
  private static final String EXPLAIN = "/products/";

  private final Books books;
  private final PageLoader pages;
  private final SmallLoads products;
  private final Admission admission;

  MissLoads(Books books, PageLoader pages, SmallLoads products, Admission admission) {
    this.books = books;
    this.pages = pages;
    this.products = products;
    this.admission = admission;
  }

  @Override
  public boolean turnAway(
      String target, @Nullable Meaning meaning, @Nullable SocketAddress client) {
    return admission.isFull(client) && needsLoad(target, meaning) && admission.shedOne();
  }

  private boolean needsLoad(String target, @Nullable Meaning meaning) {
    if (meaning != null) {
      return pages.running(meaning.text()) == null;
    }
    BoardBook known = books.current();
    return known.version() != 0
        && (isProduct(target) || isExplain(target, known))
        && !products.isLoading(target);
  }

  private static boolean isProduct(String target) {
    return target.startsWith(PRODUCTS) && isPlain(target, PRODUCTS.length(), target.length());
  }

  private static boolean isExplain(String target, BoardBook known) {
    int end = target.startsWith(RANKINGS) ? target.indexOf('/', RANKINGS.length()) : -1;
    if (end < 0
        || !target.startsWith(EXPLAIN, end)
        || !isPlain(target, end + EXPLAIN.length(), target.length())
        || !isPlain(target, RANKINGS.length(), end)) {
      return false;
    }
    BoardView board = known.board(target.substring(RANKINGS.length(), end));
    return board != null && board.cutsBy(Set.of());
  }

  /** Characters that mean themselves (RFC 3986, 2.3); at least one. */
  private static boolean isPlain(String target, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = target.charAt(i);
      boolean unreserved =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '.'
              || c == '_'
              || c == '~';
      if (!unreserved) {
        return false;
      }
    }
    return from < to;
  }
}
