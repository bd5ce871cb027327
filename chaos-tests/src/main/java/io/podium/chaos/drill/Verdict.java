package io.podium.chaos.drill;

import io.podium.chaos.check.Answer;
import io.podium.chaos.check.History.Band;
import io.podium.chaos.check.Reads;
import io.podium.chaos.check.Timeline;
import io.podium.chaos.check.Timeline.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What must hold of what readers saw in any drill. */
final class Verdict {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Most that may pass from the first read without an engine to the first good answer. */
  private static final long MOST_AWAY = TimeUnit.SECONDS.toNanos(60);

  /** So much of the time before a fault is compared with. */
  private static final long GOOD = TimeUnit.SECONDS.toNanos(4);

  private final Run run;
  private final Scene scene;
  private final Reads reads;

  Verdict(Run run, Scene scene) {
    this.run = run;
    this.scene = scene;
    this.reads = scene.reads();
  }

  void everyReadAnswered() {
    checkAnswered("every read was answered with its page", a -> false, "");
  }

  /**
   * The same where the engine is gone for a moment, once, after the fault began. One that lost all
   * it held may refuse a page until it has it again.
   */
  void everyReadAnsweredButWithoutEngine(Band fault) {
    List<Answer> after =
        reads.all().stream().filter(a -> a.receivedNanos() >= fault.fromNanos()).toList();
    long gone =
        after.stream()
            .filter(Verdict::isUnheard)
            .mapToLong(Answer::receivedNanos)
            .min()
            .orElse(fault.fromNanos());
    // What was asked before may have been answered by the engine that is gone now.
    long back =
        after.stream()
            .filter(a -> a.sentNanos() > gone && isAnswered(a))
            .mapToLong(Answer::receivedNanos)
            .min()
            .orElse(gone);
    long until = Math.min(back, gone + MOST_AWAY);
    checkAnswered(
        "every read was answered with its page, but those that found no engine, or none that had"
            + " anything, before it answered again, within "
            + MOST_AWAY / SECOND
            + " s",
        a ->
            a.receivedNanos() >= gone
                && (isUnheard(a)
                    ? a.sentNanos() <= until
                    : isColdRefusal(a)
                        && a.sentNanos() <= Math.min(gone + MOST_AWAY, has(a.url(), gone))),
        String.format(Locale.ROOT, "without an engine for %.1f s; ", (back - gone) / 1e9));
  }

  private void checkAnswered(String claim, Predicate<Answer> isExcused, String seen) {
    List<Answer> failed =
        reads.all().stream().filter(a -> !isAnswered(a) && !isExcused.test(a)).toList();
    run.check(
        Promise.READS_GO_ON,
        claim,
        failed.isEmpty() && reads.count() > 0,
        seen
            + reads.count()
            + " reads, by status "
            + reads.byStatus()
            + ", failed: "
            + failed.size()
            + failed.stream().limit(3).map(a -> " " + a.status() + " " + a.url()).toList());
  }

  /** In a shop that sells a past there is no listing before the updaters have read it. */
  private boolean isAnswered(Answer a) {
    return scene.shop().isLive() ? a.isOk() : a.status() == 200;
  }

  private boolean isColdRefusal(Answer a) {
    return a.status() == 503 && !scene.history().losses().isEmpty();
  }

  /** When a page was answered for the first time after that moment. */
  private long has(String url, long after) {
    return reads.all().stream()
        .filter(a -> a.sentNanos() > after && a.url().equals(url) && isAnswered(a))
        .mapToLong(Answer::receivedNanos)
        .min()
        .orElse(after);
  }

  /** The connection was refused or reset. */
  private static boolean isUnheard(Answer a) {
    return a.status() == 0;
  }

  void pagesWhole() {
    List<String> broken = reads.broken();
    List<String> two = reads.twoContents();
    List<String> walks =
        scene.history().walks().stream().map(w -> w.fault()).filter(f -> !f.isEmpty()).toList();
    run.check(
        Promise.WHOLE_PAGES,
        "every page was whole, of one epoch, and the same for all",
        broken.isEmpty() && two.isEmpty() && walks.isEmpty(),
        reads.count()
            + " pages and "
            + scene.history().walks().size()
            + " walks through a listing; wrong: "
            + broken
            + two
            + walks);
  }

  /**
   * @param losses when an engine was gone with all it held: it is another one from then on
   */
  void neverBack(List<Long> losses) {
    List<String> back = new ArrayList<>();
    long from = 0;
    for (long lost : losses) {
      back.addAll(reads.between(from, lost).wentBack());
      from = lost;
    }
    back.addAll(reads.between(from, Long.MAX_VALUE).wentBack());
    run.check(
        Promise.NEVER_BACK,
        "nobody got an older page than before from the same engine",
        back.isEmpty(),
        reads.count() + " pages; older: " + back);
  }

  /** The usual p99 of a second while it lasted, by that before. */
  void notSlower(List<Band> bands, double limit) {
    List<Point> points = Timeline.of(scene.history());
    long begin = bands.get(0).fromNanos();
    long end = bands.get(0).toNanos();
    double before =
        usual(points.stream().filter(p -> at(p) + SECOND <= begin && at(p) >= begin - GOOD));
    double during = usual(points.stream().filter(p -> at(p) + SECOND > begin && at(p) < end));
    double ratio = before == 0 ? 0 : during / before;
    String seen =
        String.format(
            Locale.ROOT, "usual p99 of a second %.1f -> %.1f ms, x %.1f", before, during, ratio);
    run.check(
        Promise.READS_GO_ON,
        String.format(Locale.ROOT, "reads took at most %.0f times as long as before", limit),
        before > 0 && during > 0 && ratio <= limit,
        seen);
  }

  private static long at(Point p) {
    return p.second() * SECOND;
  }

  private static double usual(Stream<Point> points) {
    return Timeline.percentile(points.mapToDouble(Point::p99Millis).toArray(), 50);
  }
}
