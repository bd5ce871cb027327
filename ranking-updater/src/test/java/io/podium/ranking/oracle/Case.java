package io.podium.ranking.oracle;

/** Situations that a simulation must reach often enough to prove something. */
public enum Case {
  CANCELLED_BEFORE_ITS_ORDER("a cancellation before its order"),
  CANCELLED_IN_PART("an order in the window cancelled in part"),
  CANCELLED_WHOLE("an order in the window cancelled whole"),
  CANCELLED_TOO_MUCH("more cancelled than was bought"),
  CANCELLED_AFTER_THE_WINDOW("a cancellation of an order that has left every window"),
  TAKEN_BACK_BELOW_NOTHING("a product at or below 0 by cancellations without an order"),
  REPEATED("an event repeated"),
  CONFLICT("one id with two contents"),
  SAME_ID_TWO_SOURCES("one id in two sources"),
  EARLIER_DUPLICATE("an order retracted by an earlier placement"),
  LATER_DUPLICATE("an order placed again later"),
  STANDING_ORDER_LEFT("a later duplicate in the window, its standing order left"),
  LATE("a late event"),
  AHEAD("an event too far ahead"),
  WAITED("an event ahead of T counted later"),
  CARD_AHEAD("a card change ahead of T"),
  FOREIGN("an order in a foreign currency"),
  FIRST_INSTANT("an event at the first instant of a window"),
  BEFORE_FIRST_INSTANT("an event less than a step before the window"),
  OLDEST_STEP("an event in the last step of a window"),
  AT_T("an event at T"),
  LEFT_BY_EXPIRY("an event that left a window between two checks"),
  OLD_STEP_OF_HALF_LIFE("a half-life step in the older half of its horizon"),
  MIDNIGHT("a boundary of today between two orders"),
  CLOCK_CHANGE("today on a day on which clocks change"),
  CAPPED("units beyond a buyer cap"),
  CAP_FREED_BY_EXPIRY("capped units freed by expiry"),
  CAP_FREED_BY_CANCELLATION("capped units freed by a cancellation"),
  NO_BUYER_NO_CAP("a line beyond the cap without a buyer"),
  CATEGORY_MOVED("a category moved"),
  CARD_MEMBER_NULL("a card member removed by null"),
  BROUGHT_BACK("a product removed and brought back"),
  SAME_STAMP("two changes of one card with one time and id"),
  REMOVED("a removed product with sales"),
  INELIGIBLE("an ineligible product among the organic entries"),
  TIE_BY_ID("a tie broken by id"),
  TIE_BEYOND_UTF16("two ids that UTF-16 would order otherwise"),
  BEYOND_64_BITS("a score beyond 64 bits"),
  GROUPED("a group of several products"),
  SHOWN_SWITCHED("a group's shown product switched"),
  SHOWS_PARENT("a thin slice shows its parent"),
  SHOWS_WHOLE("a thin slice shows the slice without category"),
  BEYOND_MAX_VALUES("a value beyond maxValues"),
  PIN_SOLD_OUT("a pin of a sold-out product"),
  PIN_ELSEWHERE("a pin whose card does not match the slice"),
  PINS_MEET("two pins for one place"),
  PIN_BEYOND_THE_END("a pin beyond the end"),
  PIN_HIDDEN("a pin of a hidden product"),
  PIN_WITHOUT_SALES("a pin without sales"),
  PIN_ON_EMPTY("a pin in an empty listing"),
  HIDDEN("a hidden product"),
  MULTIPLIED("a boost or bury that changes the order"),
  RULE_CAME_OR_WENT("a rule that came or went by time"),
  DIVERSE("diversity changed the order"),
  DIVERSITY_FOUND_NONE("diversity found none that fits"),
  CROWDED("far more products in a listing than it keeps"),
  CUT("entries below the cut"),
  EMPTIED("a listing that became empty"),
  RESTARTED("a restart with something in it"),
  SHUFFLED("the same events in another order, none of them late"),
  FULL("an event refused because a bound is reached"),
  PARTITIONED("the same events in partitions, merged"),
  RANKED_AT("the same events as a file, at a T inside it");

  private final String text;

  Case(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
