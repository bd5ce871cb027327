package io.podium.chaos.drill;

/** The promises of the design, by number, in the words of somebody who runs a shop. */
public enum Promise {
  /** An acknowledged event is counted exactly once. */
  COUNTED_ONCE(
      1,
      "Every sale that was confirmed is in the ranking, once.",
      "접수가 확인된 모든 판매가 랭킹에 정확히 한 번 반영됩니다."),
  /** A warm read never waits for a network. */
  READS_GO_ON(
      2,
      "Shoppers get their pages at the usual speed, whichever store is down.",
      "어떤 저장소가 멈춰도 고객은 평소 속도로 페이지를 봅니다."),
  /** Never half of a listing, nor two epochs in one pagination. */
  WHOLE_PAGES(
      3,
      "Nobody sees half of a ranking, or two versions of it mixed.",
      "랭킹의 일부만 보이거나 두 버전이 섞여 보이는 일이 없습니다."),
  /** The event loop never blocks. */
  NEVER_STUCK(4, "One slow part never holds up everybody else.", "느린 한 부분이 전체를 붙잡지 않습니다."),
  /** Nothing grows without bound. */
  BOUNDED(
      5,
      "Under too much load the service refuses clearly instead of falling over.",
      "과부하에서는 무너지는 대신 분명하게 거절합니다."),
  /** One key missing costs the stores one load. */
  LOADED_ONCE(
      6,
      "A page that everybody wants at once is fetched once.",
      "모두가 동시에 찾는 페이지도 저장소에서는 한 번만 읽습니다."),
  /** An older epoch never replaces a newer one; two updaters never both publish. */
  NEVER_BACK(7, "A ranking never jumps back to an older version.", "랭킹이 이전 버전으로 되돌아가지 않습니다."),
  /** Every fallback shows. */
  TOLD(
      8,
      "What is old or second best says so, in the answer and on the dashboard.",
      "오래되었거나 차선인 답은 응답과 지표에 그렇게 표시됩니다."),
  /** Mongo down: rankings go on; cache down: engines go on. */
  STORES_ALONE(
      9,
      "With one store down the others carry the shop, and it catches up by itself.",
      "저장소 하나가 멈춰도 나머지가 서비스를 이어 가고, 돌아오면 스스로 따라잡습니다.");

  private final int number;
  private final String en;
  private final String ko;

  Promise(int number, String en, String ko) {
    this.number = number;
    this.en = en;
    this.ko = ko;
  }

  /** As in section 5 of the design. */
  public int number() {
    return number;
  }

  public Words sentence() {
    return new Words(en, ko);
  }
}
