package io.podium.chaos.drill;

import io.podium.backends.Fault;
import io.podium.chaos.harness.Stack;
import io.podium.chaos.harness.StoreProcesses;
import java.time.Duration;

/** News of changes are lost on their way to the engines, or come twice and in the wrong order. */
final class Announcements extends ShopDrill {
  private static final String KEY = "podium:announcements";

  /** All that is there once more, the newest first. */
  private static final String AGAIN =
      "local e=redis.call('XREVRANGE',KEYS[1],'+','-','COUNT',2000)"
          + " for i=1,#e do redis.call('XADD',KEYS[1],'*',unpack(e[i][2])) end return #e";

  private static final int ROUNDS = 5;
  private static final Duration PUBLISHED = Duration.ofSeconds(2);
  private final boolean areLost;

  Announcements(boolean areLost) {
    super(
        areLost ? "announcements-lost" : "announcements-doubled",
        areLost
            ? "News that get lost on the way to the read engines are noticed and made up for."
            : "News that come twice or in the wrong order change nothing.",
        areLost ? "읽기 엔진으로 가는 알림이 유실되어도 알아차리고 보충합니다." : "알림이 두 번 오거나 순서가 바뀌어도 아무것도 달라지지 않습니다.");
    this.areLost = areLost;
  }

  @Override
  void begin(Run run, Scene scene) throws Exception {
    StoreProcesses stores = scene.stack().stores();
    for (int round = 0; round < ROUNDS; round++) {
      String answer =
          areLost
              ? stores.cache().tell("DEL " + KEY)
              : stores.cache().tell("EVAL \"" + AGAIN + "\" 1 " + KEY);
      run.tell((areLost ? "lost: " : "told again: ") + answer.strip());
      scene.hold(spell(run).dividedBy(ROUNDS));
    }
  }

  /** The last news there are get lost while the engine is cut off: none come after them. */
  @Override
  void during(Run run, Scene scene) throws Exception {
    if (areLost) {
      scene.stack().links().between("engine-1", Stack.CACHE).set(Fault.BLACK_HOLE);
      scene.hold(PUBLISHED);
      scene.shop().stopSelling();
      new Settled(run, scene.shop()).catchUp();
      scene.hold(PUBLISHED);
      scene.stack().stores().cache().tell("DEL " + KEY);
    }
  }

  @Override
  boolean sellsOn() {
    return !areLost;
  }

  @Override
  void end(Run run, Scene scene) {
    scene.stack().links().between("engine-1", Stack.CACHE).heal();
    run.tell(Stack.CACHE + " " + scene.stack().stores().cache().tell("XLEN " + KEY).strip());
  }
}
