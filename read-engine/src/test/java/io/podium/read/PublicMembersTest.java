package io.podium.read;

import static io.podium.read.Http.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No public answer tells more than the contract allows: no author, no rule, no count. */
@ExtendWith(LiveShop.class)
class PublicMembersTest {
  private final Http http;

  PublicMembersTest(LiveShop.Running live) {
    this.http = live.http;
  }

  @Test
  void aPage() {
    assertThat(members("/v1/rankings/best"))
        .contains("items.rank", "items.productId")
        .isSubsetOf(
            PublicMembers.headAnd(
                "items",
                "items.rank",
                "items.productId",
                "items.score",
                "items.promoted",
                "items.movement",
                "items.movement.state",
                "items.movement.from",
                "items.product",
                "next"));
  }

  @Test
  void whyAProductStandsWhereItStands() {
    String ruled = "?category=food+%26+drink&ageGroup=20s";
    for (String product :
        new String[] {"P1", "P9", "P900", "R1" + ruled, "R2" + ruled, "R4" + ruled, "R6" + ruled}) {
      assertThat(members("/v1/rankings/best/products/" + product))
          .as(product)
          .contains("listed", "movedByRule")
          .isSubsetOf(
              PublicMembers.headAnd(
                  "productId",
                  "listed",
                  "reason",
                  "rank",
                  "organicRank",
                  "movedByRule",
                  "score",
                  "promoted",
                  "movement",
                  "movement.state",
                  "movement.from",
                  "product"));
    }
  }

  @Test
  void aProduct() {
    assertThat(members("/v1/products/P1"))
        .contains("ranks.rank")
        .isSubsetOf(
            "productId",
            "product",
            "eligible",
            "ranks",
            "ranks.board",
            "ranks.slice",
            "ranks.epoch",
            "ranks.rank",
            "ranks.score",
            "ranks.promoted",
            "ranks.movement",
            "ranks.movement.state",
            "ranks.movement.from");
  }

  @Test
  void theBoards() {
    assertThat(members("/v1/boards"))
        .contains("boards.board")
        .isSubsetOf(
            "boards",
            "boards.board",
            "boards.title",
            "boards.size",
            "boards.slices",
            "boards.freshness",
            "boards.freshness.publishEvery",
            "boards.freshness.maxAge",
            "boards.freshness.staleIfError",
            "boards.freshness.cursorTtl",
            "boards.dimensions",
            "boards.dimensions.name",
            "boards.dimensions.parameter",
            "boards.dimensions.values",
            "boards.dimensions.more");
  }

  private Set<String> members(String target) {
    return PublicMembers.of(json(http.get(target)));
  }
}
