package io.podium.read.overload;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayList;
import java.util.List;

/**
 * The streams of one HTTP/2 connection. An answer waits, in Netty or before it, until the client
 * opens its window, which may be never, and a request may never end: {@link Sweeps} asks once a
 * second which of them do not move. Stands in front of Netty's flow controller to see how much a
 * client lets through. Confined to the connection's event loop.
 */
public final class Http2Streams implements Http2RemoteFlowController {
  /** Of an answer that waits so much, or all of it, must be taken within the limit. */
  private static final int STEP = 16 << 10;

  private final Http2ConnectionHandler handler;
  private final Http2RemoteFlowController queue;
  private final Http2Connection.PropertyKey key;

  /** Of a stream that was seen to wait. */
  private static final class Pace {
    /** {@link System#nanoTime}. */
    private long since;

    /** What the client added to the window, and what the window was worth, since then. */
    private long granted;

    private long window;
  }

  private Http2Streams(Http2ConnectionHandler handler) {
    this.handler = handler;
    this.queue = handler.connection().remote().flowController();
    this.key = handler.connection().newKey();
  }

  /** Puts it in place, before the first answer; nothing for HTTP/1.1. */
  public static void attach(Channel channel) {
    Http2ConnectionHandler handler = channel.pipeline().get(Http2ConnectionHandler.class);
    ConnectionGuard guard = channel.pipeline().get(ConnectionGuard.class);
    if (handler != null && guard != null) {
      Http2Streams streams = new Http2Streams(handler);
      handler.connection().remote().flowController(streams);
      guard.watch(streams);
    }
  }

  /**
   * Streams that have waited for so long; asked now and then, for a wait begins when it is first
   * seen.
   */
  List<Integer> slowerThan(long nanos) {
    long now = System.nanoTime();
    List<Integer> slow = new ArrayList<>();
    try {
      handler
          .connection()
          .forEachActiveStream(
              stream -> {
                if (!waits(stream)) {
                  stream.removeProperty(key);
                } else if (now - pace(stream, now).since > nanos) {
                  slow.add(stream.id());
                }
                return true;
              });
    } catch (Http2Exception e) {
      throw new IllegalStateException("the visitor throws none", e);
    }
    return slow;
  }

  /** For the end of its request, or for the client to take what was begun to be answered. */
  private boolean waits(Http2Stream stream) {
    return stream.state().remoteSideOpen()
        || (stream.isHeadersSent()
            && stream.state().localSideOpen()
            && (queue.hasFlowControlled(stream) || !queue.isWritable(stream)));
  }

  private Pace pace(Http2Stream stream, long now) {
    Pace pace = stream.getProperty(key);
    // What was sent is what the window lost, apart from what was added to it.
    long window = (long) queue.windowSize(stream) - queue.initialWindowSize();
    if (pace == null) {
      pace = new Pace();
      stream.setProperty(key, pace);
    } else if (pace.window + pace.granted - window < STEP) {
      return pace;
    }
    pace.since = now;
    pace.granted = 0;
    pace.window = window;
    return pace;
  }

  /** Gives these streams up. */
  void reset(List<Integer> streams) {
    ChannelHandlerContext context = queue.channelHandlerContext();
    for (int stream : streams) {
      var unused =
          handler.resetStream(context, stream, Http2Error.CANCEL.code(), context.newPromise());
    }
    handler.flush(context);
  }

  @Override
  public void channelHandlerContext(ChannelHandlerContext ctx) throws Http2Exception {
    queue.channelHandlerContext(ctx);
  }

  @Override
  public ChannelHandlerContext channelHandlerContext() {
    return queue.channelHandlerContext();
  }

  @Override
  public void initialWindowSize(int newWindowSize) throws Http2Exception {
    queue.initialWindowSize(newWindowSize);
  }

  @Override
  public int initialWindowSize() {
    return queue.initialWindowSize();
  }

  @Override
  public int windowSize(Http2Stream stream) {
    return queue.windowSize(stream);
  }

  @Override
  public void incrementWindowSize(Http2Stream stream, int delta) throws Http2Exception {
    Pace pace = stream.getProperty(key);
    if (pace != null) {
      pace.granted += delta;
    }
    queue.incrementWindowSize(stream, delta);
  }

  @Override
  public void addFlowControlled(Http2Stream stream, FlowControlled payload) {
    queue.addFlowControlled(stream, payload);
  }

  @Override
  public boolean hasFlowControlled(Http2Stream stream) {
    return queue.hasFlowControlled(stream);
  }

  @Override
  public void writePendingBytes() throws Http2Exception {
    queue.writePendingBytes();
  }

  @Override
  public void listener(Listener listener) {
    queue.listener(listener);
  }

  @Override
  public boolean isWritable(Http2Stream stream) {
    return queue.isWritable(stream);
  }

  @Override
  public void channelWritabilityChanged() throws Http2Exception {
    queue.channelWritabilityChanged();
  }

  @Override
  public void updateDependencyTree(
      int childStreamId, int parentStreamId, short weight, boolean exclusive) {
    queue.updateDependencyTree(childStreamId, parentStreamId, weight, exclusive);
  }
}
