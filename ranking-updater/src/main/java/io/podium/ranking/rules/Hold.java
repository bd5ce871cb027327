package io.podium.ranking.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podium.codec.ListingCodec;
import io.podium.listing.Listing;
import io.podium.ranking.stream.EntryId;
import java.io.IOException;

/**
 * A listing that shows an epoch's content until it is released, whatever is sold. The content is
 * part of it: history may be dropped meanwhile.
 *
 * @param since the change that made it
 * @param author who held it; {@link #GUARD} for the guard of the board
 */
public record Hold(EntryId since, Listing listing, String author, String reason) {
  /** Author of holds that nobody made by hand. */
  public static final String GUARD = "guard";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the log keeps of it. */
  public static String json(Listing listing) {
    ObjectNode json = JSON.createObjectNode();
    json.put("epoch", listing.epoch()).put("asOf", listing.asOf().toString());
    json.put("hash", listing.hash()).put("entries", listing.entries().size());
    return json.put("listing", ListingCodec.encode(listing)).toString();
  }

  /**
   * @throws IOException when it is not what {@link #json} made
   */
  static Listing listing(String json) throws IOException {
    JsonNode listing = JSON.readTree(json).path("listing");
    return ListingCodec.decode(listing.binaryValue());
  }

  /** The log's text without the content, for people. */
  public static String summary(String json) {
    try {
      ObjectNode shown = (ObjectNode) JSON.readTree(json);
      shown.remove("listing");
      return shown.toString();
    } catch (JsonProcessingException | ClassCastException e) {
      return "{}";
    }
  }
}
