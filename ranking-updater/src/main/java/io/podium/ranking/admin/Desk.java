package io.podium.ranking.admin;

import io.podium.ranking.board.Board;
import io.podium.ranking.evidence.EvidenceKeeper;
import io.podium.ranking.rules.RuleBook;
import io.podium.store.CardStore;
import io.podium.store.ListingStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The merchandisers' desk: all routes behind a credential, and what they work with. */
public final class Desk {
  static final String RULES = "/admin/v1/rules";
  static final String PREVIEW = "/admin/v1/preview";
  static final String AUDIT = "/admin/v1/audit";
  static final String EVIDENCE = "/admin/v1/evidence";
  static final String BOARDS = "/admin/v1/boards";
  static final String LISTINGS = "/admin/v1/listings";
  static final String COMPARE = "/admin/v1/compare";
  static final String REPORTS = "/admin/v1/reports";

  /** For one store or for the ranking loop. */
  static final Duration DEADLINE = Duration.ofSeconds(3);

  private final Map<String, Route> routes;

  /**
   * @param cache the newest epochs
   * @param mongo all that are kept
   * @param cards what products are called, and their brand
   * @param evidence of published epochs
   */
  public Desk(
      List<Board> boards,
      RuleBook book,
      CoreQuestions core,
      ListingStore cache,
      ListingStore mongo,
      CardStore cards,
      EvidenceKeeper evidence,
      Clock clock) {
    Listed listed = new Listed(boards);
    Past past = new Past(cache, mongo);
    Names names = new Names(cards);
    routes =
        Map.of(
            RULES, new RulesApi(book, listed, clock),
            PREVIEW, new PreviewApi(book, listed, core, names, clock),
            AUDIT, new AuditApi(book),
            EVIDENCE, new EvidenceApi(book, core, listed, evidence, past),
            BOARDS, new BoardsApi(listed, core),
            LISTINGS, new ListingsApi(book, listed, core, past, names, clock),
            COMPARE, new CompareApi(listed, core, names),
            REPORTS, new ReportsApi(listed, past, names, clock));
  }

  Map<String, Route> routes() {
    return routes;
  }
}
