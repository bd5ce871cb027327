package io.podium.backends;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.util.ArrayDeque;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One direction of one connection: reads from its source, holds each piece until it is due, writes
 * to its sink. Confined to the event loop that both ends share.
 */
final class FaultPipe extends ChannelInboundHandlerAdapter {
  /** Bytes held before the source is read no further. */
  static final int MOST_HELD = 256 << 10;

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * @param bytes null: the end of the connection
   */
  private record Piece(@Nullable ByteBuf bytes, long dueNanos) {}

  private final Supplier<Fault> fault;
  private final Random random;
  private final AtomicLong passed;
  private final Consumer<FaultPipe> ended;
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
  private @Nullable Channel source;
  private @Nullable Channel sink;
  private @Nullable FaultPipe back;
  private long heldBytes;
  private long ownPassed;
  private long lastDueNanos = Long.MIN_VALUE;
  private long roomFromNanos = Long.MIN_VALUE;
  private boolean waking;
  private boolean pumping;
  private boolean isEnded;

  FaultPipe(
      Supplier<Fault> fault, Random random, AtomicLong passed, Consumer<FaultPipe> whenEnded) {
    this.fault = fault;
    this.random = random;
    this.passed = passed;
    this.ended = whenEnded;
  }

  /** Where the bytes come from; they are not read before there is a sink. */
  void from(Channel channel, FaultPipe otherDirection) {
    source = channel;
    back = otherDirection;
    channel.pipeline().addLast(this);
    channel.closeFuture().addListener(closed -> end());
  }

  void to(Channel channel) {
    sink = channel;
    readOn();
    pump();
  }

  long held() {
    return heldBytes;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (isEnded) {
      bytes.release();
      return;
    }
    heldBytes += bytes.readableBytes();
    add(bytes);
    readOn();
    pump();
  }

  /** The source ended; what it sent before still passes. */
  private void end() {
    if (!isEnded) {
      add(null);
      pump();
    }
  }

  private void add(@Nullable ByteBuf bytes) {
    long now = System.nanoTime();
    long due = now + fault.get().delayNanos(random);
    lastDueNanos = pieces.isEmpty() ? due : Math.max(due, lastDueNanos);
    pieces.add(new Piece(bytes, lastDueNanos));
  }

  private void readOn() {
    if (source != null) {
      source.config().setAutoRead(sink != null && heldBytes < MOST_HELD);
    }
  }

  /** Passes on what is due; a write can come back here through the sink's writability. */
  void pump() {
    if (!pumping) {
      pumping = true;
      try {
        passWhatIsDue(sink);
      } finally {
        pumping = false;
      }
    }
  }

  private void passWhatIsDue(@Nullable Channel to) {
    while (to != null && !pieces.isEmpty() && !fault.get().isBlackHole()) {
      if (!to.isOpen()) {
        // Nobody is there any more; the other direction tells the source.
        release();
        return;
      }
      if (!to.isWritable()) {
        return;
      }
      Piece piece = pieces.element();
      long now = System.nanoTime();
      long from = piece.bytes() == null ? piece.dueNanos() : latest(piece.dueNanos(), now);
      if (from - now > 0) {
        wakeIn(from - now);
        return;
      }
      if (piece.bytes() == null) {
        finish(to);
        return;
      }
      pass(to, piece.bytes(), now);
    }
  }

  private long latest(long due, long now) {
    boolean narrow = fault.get().bytesPerSecond() > 0 && roomFromNanos != Long.MIN_VALUE;
    return narrow && roomFromNanos - now > 0 && roomFromNanos - due > 0 ? roomFromNanos : due;
  }

  private void pass(Channel to, ByteBuf bytes, long now) {
    Fault at = fault.get();
    long most = bytes.readableBytes();
    long rate = at.bytesPerSecond();
    if (rate > 0) {
      // In pieces of a hundredth of a second, so that the rate is even.
      most = Math.min(most, Math.max(1, rate / 100));
      roomFromNanos = now + most * SECOND_NANOS / rate;
    }
    boolean cuts = at.cutAfter() >= 0 && ownPassed + most >= at.cutAfter();
    int size = (int) (cuts ? Math.max(0, at.cutAfter() - ownPassed) : most);
    count(size);
    var written = to.writeAndFlush(bytes.readRetainedSlice(size));
    if (!bytes.isReadable()) {
      bytes.release();
      pieces.remove();
    }
    readOn();
    if (cuts) {
      release();
      var unused = written.addListener(done -> reset());
    }
  }

  private void count(int size) {
    heldBytes -= size;
    ownPassed += size;
    passed.addAndGet(size);
  }

  private void wakeIn(long nanos) {
    if (!waking && sink != null) {
      waking = true;
      var unused =
          sink.eventLoop()
              .schedule(
                  () -> {
                    waking = false;
                    pump();
                  },
                  nanos,
                  TimeUnit.NANOSECONDS);
    }
  }

  private void finish(Channel to) {
    release();
    var unused = to.writeAndFlush(to.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
  }

  /** Both ends get a reset, and nothing that is held passes any more. */
  void reset() {
    Channel in = source;
    FaultPipe other = back;
    release();
    if (other != null) {
      other.release();
    }
    if (in != null) {
      reset(in);
    }
    if (sink != null) {
      reset(sink);
    }
  }

  private void release() {
    if (isEnded) {
      return;
    }
    isEnded = true;
    for (Piece piece : pieces) {
      if (piece.bytes() != null) {
        piece.bytes().release();
      }
    }
    pieces.clear();
    heldBytes = 0;
    ended.accept(this);
  }

  static void reset(Channel channel) {
    if (channel.isActive()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    var unused = channel.close();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    // Of the source, which is the sink of the other direction.
    if (back != null) {
      back.pump();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    reset();
  }
}
