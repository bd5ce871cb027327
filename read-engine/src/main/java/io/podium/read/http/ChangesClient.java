package io.podium.read.http;

import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.read.page.BoardView;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * One client of the stream: remembers which epoch it has, and sends what moved since. Confined to
 * its event loop, except {@link #published}, which only posts there.
 */
final class ChangesClient implements Changes.Listener {
  static final int BUFFER = 256 << 10;

  private final BoardView board;
  private final ListingKey key;
  private final HttpServerResponse response;
  private final Context loop;
  private final Changes changes;
  private final Object address;
  private @Nullable Listing has;

  ChangesClient(
      BoardView board, ListingKey key, HttpServerRequest request, Context loop, Changes changes) {
    this.board = board;
    this.key = key;
    this.response = request.response();
    this.address = changes.address(request.remoteAddress());
    this.loop = loop;
    this.changes = changes;
  }

  @Override
  public void published(Listing listing) {
    loop.runOnContext(v -> advance(listing));
  }

  @Override
  public void stop() {
    loop.runOnContext(
        v -> {
          end();
          if (!response.ended() && !response.closed()) {
            var unused = response.end();
          }
        });
  }

  @Override
  public Object address() {
    return address;
  }

  /** The client has, or is now told of, this epoch; from here on it gets what moved. */
  void begin(Listing listing) {
    has = listing;
    Listing newest = changes.newest(key);
    if (newest != null) {
      advance(newest);
    }
  }

  private void advance(Listing listing) {
    Listing before = has;
    if (before == null || listing.epoch() <= before.epoch()) {
      return;
    }
    has = listing;
    send(Moves.event(board, before, listing));
  }

  /** A client that does not read is cut: it resumes from the last event that it got. */
  void send(String text) {
    if (response.closed()) {
      end();
    } else if (response.writeQueueFull()) {
      changes.countDropped();
      end();
      response.reset();
    } else {
      var unused = response.write(text);
    }
  }

  void end() {
    has = null;
    changes.remove(key, this);
  }
}
