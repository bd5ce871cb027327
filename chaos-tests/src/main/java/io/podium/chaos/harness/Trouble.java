package io.podium.chaos.harness;

import io.podium.backends.Fault;
import io.podium.backends.FaultProxy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What can be wrong with a store; begun and ended on a drill's thread. */
public enum Trouble {
  KILLED("killed", "강제 종료"),
  FROZEN("frozen", "멈춤"),
  SLOW("slow", "지연"),
  THROTTLED("on a narrow line", "좁은 회선"),
  /** Requests arrive, answers never do: whoever asked cannot know what was done. */
  ONE_WAY("reached but unheard", "단방향 단절"),
  /** Every connection is reset at once; new ones are taken. */
  RESET("reset on every connection", "모든 연결 초기화"),
  /** Every connection is reset in the middle of an answer, after a while. */
  CUT("cut off in the middle of answers", "응답 도중 연결 끊김"),
  /** It forgets all it held and goes on. */
  EMPTIED("emptied", "데이터 유실");

  /** Longer than the deadlines of a {@link Stack}. */
  private static final Duration DELAY = Duration.ofMillis(1_500);

  private static final long NARROW = 4_000;

  /** More than a greeting, less than a second's answers. */
  private static final long CUT_AFTER = 20_000;

  private final String en;
  private final String ko;

  Trouble(String en, String ko) {
    this.en = en;
    this.ko = ko;
  }

  /** As in "with Mongo killed". */
  public String en() {
    return en;
  }

  public String ko() {
    return ko;
  }

  /** As in the name of a drill. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public void begin(Stack stack, String store) {
    List<FaultProxy> links = stack.links().to(store);
    switch (this) {
      case KILLED -> stack.member(store).kill();
      case FROZEN -> stack.member(store).freeze();
      case SLOW -> links.forEach(l -> l.set(Fault.NONE, Fault.delay(DELAY, DELAY.dividedBy(2))));
      case THROTTLED -> links.forEach(l -> l.set(Fault.throttle(NARROW)));
      case ONE_WAY -> links.forEach(l -> l.set(Fault.NONE, Fault.BLACK_HOLE));
      case RESET -> links.forEach(FaultProxy::reset);
      case CUT -> links.forEach(l -> l.set(Fault.NONE, Fault.cut(CUT_AFTER)));
      case EMPTIED -> empty(stack, store);
    }
  }

  private static void empty(Stack stack, String store) {
    if (store.equals(Stack.CACHE)) {
      stack.stores().cache().tell("FLUSHALL");
      return;
    }
    stack.member(store).kill();
    stack.stores().wipeMongo();
    stack.member(store).start();
  }

  public void end(Stack stack, String store) {
    switch (this) {
      case KILLED -> stack.member(store).start();
      case FROZEN -> stack.member(store).thaw();
      case SLOW, THROTTLED, ONE_WAY, CUT -> stack.links().to(store).forEach(FaultProxy::heal);
      case RESET, EMPTIED -> {}
    }
  }
}
