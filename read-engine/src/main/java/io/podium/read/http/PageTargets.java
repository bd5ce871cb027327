package io.podium.read.http;

import io.podium.read.hit.Meaning;
import io.podium.read.hit.Targets;
import io.podium.read.page.BoardBook;
import io.podium.read.page.Cursors;
import io.podium.read.refresh.Books;
import io.podium.read.refresh.Warm;
import io.podium.store.hot.HotKey;
import org.jspecify.annotations.Nullable;

/** Targets of pages; all others, and every malformed one, are left to {@link Routes}. */
final class PageTargets implements Targets {
  private static final String PREFIX = "/v1/rankings/";

  private final Books books;
  private final PageRequests requests;

  PageTargets(Books books, Cursors cursors) {
    this.books = books;
    this.requests = new PageRequests(cursors);
  }

  @Override
  public BoardBook book() {
    return books.current();
  }

  /** Products and changes of a board. */
  private static boolean hasMoreSegments(String uri) {
    int slash = uri.indexOf('/', PREFIX.length());
    int query = uri.indexOf('?', PREFIX.length());
    return slash >= 0 && (query < 0 || slash < query);
  }

  @Override
  public @Nullable Meaning read(String uri, long now) {
    BoardBook book = books.current();
    if (!uri.startsWith(PREFIX) || book.version() == 0 || hasMoreSegments(uri)) {
      return null;
    }
    try {
      Target target = Target.parse(uri);
      if (target.path().size() != 3) {
        return null;
      }
      PageRequests.PageRequest asked = requests.page(target, book, now);
      String text = asked.spec().text();
      return new Meaning(
          asked.spec(),
          text,
          HotKey.of(Warm.PAGE, text),
          books.pulse(asked.board().info().name()),
          book,
          asked.until());
    } catch (Refusal refusal) {
      return null;
    }
  }
}
