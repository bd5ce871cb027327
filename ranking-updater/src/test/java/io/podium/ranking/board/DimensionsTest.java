package io.podium.ranking.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.card.Card;
import io.podium.card.Member;
import io.podium.card.Stamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DimensionsTest {
  private static List<String> values(String dimension, String json) {
    Member member = new Member(new Stamp(Instant.EPOCH, "e"), json);
    return Dimensions.values(Card.of("P", Map.of(dimension, member)), dimension);
  }

  @Test
  void category_countsForEveryAncestor() {
    assertThat(values("category", "\"beauty/skincare/toner\""))
        .containsExactly("beauty", "beauty/skincare", "beauty/skincare/toner");
    assertThat(values("category", "\"뷰티\"")).containsExactly("뷰티");
    assertThat(values("category", "\"/a//b/\"")).containsExactly("/a", "/a/", "/a//b", "/a//b/");
    assertThat(values("category", "7")).isEmpty();
  }

  @Test
  void otherDimensions_haveTheMemberAsItIs() {
    assertThat(values("brand", "\"a/b\"")).containsExactly("a/b");
    assertThat(values("brand", "\"say \\\"hi\\\"\"")).containsExactly("say \"hi\"");
    assertThat(values("brand", "7")).containsExactly("7");
    assertThat(values("brand", "true")).containsExactly("true");
  }

  @Test
  void whatIsNoValue_isNone() {
    assertThat(values("brand", "\"\"")).isEmpty();
    assertThat(values("brand", "[1]")).isEmpty();
    assertThat(values("brand", "{}")).isEmpty();
    assertThat(values("brand", "\"" + "x".repeat(200) + "\"")).hasSize(1);
    assertThat(values("brand", "\"" + "x".repeat(201) + "\"")).isEmpty();
    assertThat(Dimensions.values(null, "brand")).isEmpty();
    assertThat(Dimensions.values(Card.of("P", Map.of()), "brand")).isEmpty();
  }

  @Test
  void parameter_isTheLastPart() {
    assertThat(Dimensions.parameter("buyer.ageGroup")).isEqualTo("ageGroup");
    assertThat(Dimensions.parameter("category")).isEqualTo("category");
    assertThat(Dimensions.isOfBuyer("buyer.ageGroup")).isTrue();
    assertThat(Dimensions.isOfBuyer("category")).isFalse();
  }
}
