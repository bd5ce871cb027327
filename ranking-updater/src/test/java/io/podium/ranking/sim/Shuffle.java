package io.podium.ranking.sim;

import io.podium.ranking.event.SalesEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The events that a simulation accepted, in another order of arrival, up to the same T. */
final class Shuffle {
  private Shuffle() {}

  static Scenario of(Scenario scenario, List<SalesEvent> accepted, Dice dice) {
    List<Step> arrivals = new ArrayList<>();
    List<Step> rest = new ArrayList<>();
    Step.Advance first = null;
    Step.Advance last = null;
    List<SalesEvent> left = new ArrayList<>(accepted);
    for (Step step : scenario.steps()) {
      if (step instanceof Step.Arrive arrive && left.remove(arrive.event())) {
        arrivals.add(arrive);
      } else if (step instanceof Step.Advance advance) {
        first = first == null ? advance : first;
        last = last == null || advance.wallMillis() > last.wallMillis() ? advance : last;
      } else if (step instanceof Step.SetRules) {
        rest.clear();
        rest.add(step);
      }
    }
    List<Step> steps = new ArrayList<>();
    if (first != null) {
      steps.add(first);
    }
    steps.addAll(reordered(arrivals, dice));
    steps.addAll(rest);
    if (last != null) {
      steps.add(last);
    }
    steps.add(new Step.Check());
    return scenario.with(steps);
  }

  private static List<Step> reordered(List<Step> arrivals, Dice dice) {
    List<Step> order = new ArrayList<>(arrivals);
    if (dice.chance(0.4)) {
      order.sort(Comparator.comparing(s -> ((Step.Arrive) s).event().meta().time()));
    } else {
      for (int i = order.size() - 1; i > 0; i--) {
        int j = dice.between(0, i);
        Step swapped = order.get(i);
        order.set(i, order.get(j));
        order.set(j, swapped);
      }
    }
    List<Step> twice = new ArrayList<>(order);
    if (dice.chance(0.3)) {
      twice.addAll(order);
    }
    return twice;
  }
}
