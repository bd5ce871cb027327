package io.podium.ranking.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podium.ranking.board.Board;
import io.podium.ranking.core.RankingCore;
import io.podium.ranking.stream.Await;
import java.util.List;
import java.util.Map;

/**
 * {@code GET /admin/v1/boards}: all of them, shadow boards too, with the values they are cut by.
 */
final class BoardsApi implements Route {
  private final Listed listed;
  private final CoreQuestions core;

  BoardsApi(Listed listed, CoreQuestions core) {
    this.listed = listed;
    this.core = core;
  }

  @Override
  public Answer answer(Call call) throws Refusal {
    if (!call.method().equals("GET")) {
      throw Refusal.method("GET");
    }
    List<ObjectNode> told =
        Await.on(
            core.ask(c -> listed.boards().stream().map(b -> board(b, c)).toList()), Desk.DEADLINE);
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    told.forEach(array::add);
    return Answer.json(array);
  }

  private static ObjectNode board(Board b, RankingCore core) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("board", b.name()).put("shadow", b.shadow()).put("size", b.size());
    ObjectNode titles = json.putObject("titles");
    b.titles().forEach(titles::put);
    ArrayNode slices = json.putArray("slices");
    for (List<String> cut : b.slices()) {
      ArrayNode dimensions = slices.addArray();
      cut.forEach(dimensions::add);
    }
    ObjectNode values = json.putObject("values");
    for (Map.Entry<String, List<String>> e : core.values(b.name()).entrySet()) {
      ArrayNode known = values.putArray(e.getKey());
      e.getValue().forEach(known::add);
    }
    return json;
  }
}
