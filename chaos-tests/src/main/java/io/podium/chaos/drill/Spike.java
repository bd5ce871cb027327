package io.podium.chaos.drill;

/** Ten times the readers within a second. */
final class Spike extends ShopDrill {
  private static final int TIMES = 10;
  private int usual;

  Spike() {
    super(
        "spike",
        "Ten times the readers within a second get their pages.",
        "1초 만에 열 배로 늘어난 고객도 페이지를 받습니다.");
  }

  @Override
  void begin(Run run, Scene scene) {
    usual = scene.readers().rate();
    scene.readers().rate(TIMES * usual);
  }

  @Override
  void end(Run run, Scene scene) {
    scene.readers().rate(usual);
  }
}
