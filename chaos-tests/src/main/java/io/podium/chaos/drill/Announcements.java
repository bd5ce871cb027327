package io.podium.chaos.drill;

import io.podium.chaos.harness.Stack;
import io.podium.chaos.harness.StoreProcesses;

/** News of changes are lost on their way to the engines, or come twice and in the wrong order. */
final class Announcements extends ShopDrill {
  private static final String KEY = "podium:announcements";

  /** All that is there once more, the newest first. */
  private static final String AGAIN =
      "local e=redis.call('XREVRANGE',KEYS[1],'+','-','COUNT',2000)"
          + " for i=1,#e do redis.call('XADD',KEYS[1],'*',unpack(e[i][2])) end return #e";

  private static final int ROUNDS = 5;
  private final boolean areLost;

  Announcements(boolean areLost) {
    super(
        areLost ? "announcements-lost" : "announcements-doubled",
        areLost
            ? "News that get lost on the way to the read engines are noticed and made up for."
            : "News that come twice or in the wrong order change nothing.",
        areLost ? "조회 엔진으로 가는 알림이 유실되어도 알아차리고 보충합니다." : "알림이 두 번 오거나 순서가 바뀌어도 아무것도 달라지지 않습니다.");
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

  @Override
  void end(Run run, Scene scene) throws Exception {
    // With the last round's news gone, nothing tells of what was published just before it.
    if (areLost) {
      scene.stack().stores().cache().tell("DEL " + KEY);
    }
    run.tell(Stack.CACHE + " " + scene.stack().stores().cache().tell("XLEN " + KEY).strip());
  }
}
