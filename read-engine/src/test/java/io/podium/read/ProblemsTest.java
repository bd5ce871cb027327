package io.podium.read;

import static io.podium.read.Http.header;
import static io.podium.read.Http.json;
import static io.podium.read.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LiveShop.class)
class ProblemsTest {
  private final Http http;

  ProblemsTest(LiveShop.Running live) {
    this.http = live.http;
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/rankings/nope,404,unknown-board,",
    "/v1/rankings/shadow,404,unknown-board,",
    "/v1/rankings/best?category=nope,404,unknown-value,category",
    "/v1/rankings/best?category=,404,unknown-value,category",
    "/v1/rankings/best?ageGroup=20s,404,unknown-slice,",
    "/v1/rankings/best?buyer.ageGroup=20s,400,unknown-parameter,buyer.ageGroup",
    "/v1/rankings/best?colour=red,400,unknown-parameter,colour",
    "/v1/rankings/best?size=20&size=20,400,repeated-parameter,size",
    "/v1/rankings/best?size=20&%73ize=50,400,repeated-parameter,size",
    "/v1/rankings/best?size,400,malformed-parameter,size",
    "/v1/rankings/best?size=10&&category=beauty,400,malformed-parameter,''",
    "/v1/rankings/best?category=%ff,400,malformed-parameter,category",
    "/v1/rankings/best?category=%c0%af,400,malformed-parameter,category",
    "/v1/rankings/best?category=a%00b,400,malformed-parameter,category",
    "/v1/rankings/best?size=11,400,bad-size,size",
    "/v1/rankings/best?size=010,400,bad-size,size",
    "/v1/rankings/best?size=-10,400,bad-size,size",
    "/v1/rankings/best?size=,400,bad-size,size",
    "/v1/rankings/best?cursor=,400,bad-cursor,cursor",
    "/v1/rankings/best?cursor=AAAA,400,bad-cursor,cursor",
    "/v1/rankings/be%ffst,400,malformed-target,",
    "/v1/rankings/best/,404,unknown-address,",
    "/v1/rankings,404,unknown-address,",
    "/v1/rankings/best/products,404,unknown-address,",
    "/v1/rankings/best/products/P77777,404,unknown-product,",
    "/v1/rankings/best/products/P1?size=10,400,unknown-parameter,size",
    "/v1/rankings/best/changes?size=10,400,unknown-parameter,size",
    "/v1/rankings/nope/changes,404,unknown-board,",
    "/v1/products/P77777,404,unknown-product,",
    "/v1/products/P1?x=1,400,unknown-parameter,x",
    "/v1/boards?x=1,400,unknown-parameter,x",
    "/docs?x=1,400,unknown-parameter,x",
    "/openapi.yaml?x=1,400,unknown-parameter,x",
    "/v2/boards,404,unknown-address,",
    "/admin/v1/rules,404,unknown-address,",
    "/metrics,404,unknown-address,",
    "/../secret.txt,404,unknown-address,",
    "/%2e%2e/secret.txt,404,unknown-address,",
    "/%2e%2e%2fsecret.txt,404,unknown-address,",
  })
  void isExplained(String target, int status, String kind, String parameter) {
    HttpResponse<byte[]> answer = http.get(target);
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(status);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    JsonNode problem = json(answer);
    assertThat(problem.get("type").asText()).isEqualTo("/docs#" + kind);
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("title").asText()).isNotBlank();
    assertThat(problem.get("detail").asText()).isNotBlank();
    if (parameter == null) {
      assertThat(problem.has("parameter")).isFalse();
    } else {
      assertThat(problem.get("parameter").asText()).isEqualTo(parameter);
    }
  }

  @ParameterizedTest
  @CsvSource({"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
  void otherMethodsAreNotAllowed(String method) {
    HttpResponse<byte[]> answer = http.send(method, "/v1/rankings/best");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void koreanReadersGetKorean() {
    HttpResponse<byte[]> answer =
        http.get("/v1/rankings/nope", "Accept-Language", "ko-KR,ko;q=0.9,en;q=0.8");
    assertThat(json(answer).get("title").asText()).isEqualTo("없는 보드");
    assertThat(header(answer, "Content-Language")).isEqualTo("ko");
    assertThat(header(answer, "Vary")).contains("Accept-Language");
    HttpResponse<byte[]> other =
        http.get("/v1/rankings/nope", "Accept-Language", "de, en;q=0.5, ko;q=0.1");
    assertThat(header(other, "Content-Language")).isEqualTo("en");
  }

  @Test
  void cursorsOfOtherPagesAreForeign() {
    String next = json(http.get("/v1/rankings/best?size=10")).get("next").asText();
    String cursor = next.substring(next.indexOf("cursor=") + 7);
    assertThat(http.get(next).statusCode()).isEqualTo(200);
    for (String target :
        new String[] {
          "/v1/rankings/best?size=20&cursor=" + cursor,
          "/v1/rankings/best?cursor=" + cursor,
          "/v1/rankings/best?size=10&category=beauty&cursor=" + cursor,
          "/v1/rankings/best?size=10&cursor=" + cursor.substring(1),
          "/v1/rankings/best?size=10&cursor=" + cursor.substring(0, cursor.length() - 1),
          "/v1/rankings/best?size=10&cursor=" + cursor + "A",
          "/v1/rankings/best?size=10&cursor=B" + cursor.substring(1),
        }) {
      HttpResponse<byte[]> answer = http.get(target);
      assertThat(answer.statusCode()).as(target).isEqualTo(400);
      assertThat(json(answer).get("parameter").asText()).isEqualTo("cursor");
    }
  }

  @Test
  void aKnownValueWithoutSalesIsAnEmptyPage() {
    HttpResponse<byte[]> answer = http.get("/v1/rankings/best?category=empty");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).get("items")).isEmpty();
    assertThat(json(answer).get("total").asInt()).isZero();
    assertThat(http.get("/v1/rankings/best?ageGroup=60%2B&category=food+%26+drink").statusCode())
        .isEqualTo(200);
    assertThat(http.get("/v1/rankings/best?category=food%20%26%20drink&ageGroup=60+").statusCode())
        .isEqualTo(200);
  }
}
