package io.podium.ranking.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.podium.ranking.event.SalesEvent.Meta;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The CloudEvents attributes of one event. */
final class Envelope {
  @Nullable String specversion;
  @Nullable String id;
  @Nullable String source;
  @Nullable String type;
  @Nullable Instant time;

  /** Of source and id. */
  private long keyHi;

  private long keyLo;
  final DataFields data = new DataFields();

  void read(JsonParser p) throws IOException, Fault {
    if (p.nextToken() != JsonToken.START_OBJECT) {
      throw new Fault(p.currentToken() == null ? Reason.JSON : Reason.NOT_AN_OBJECT);
    }
    int seen = 0;
    for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
      p.nextToken();
      int bit = readMember(name, p);
      if ((seen & bit) != 0) {
        throw new Fault(Reason.DUPLICATE_MEMBER);
      }
      seen |= bit;
    }
    EventDecoder.require(p.nextToken() == null, Reason.JSON);
    if (source != null && id != null) {
      key(new Key().start().add(source).add(id));
    }
  }

  private int readMember(String name, JsonParser p) throws IOException, Fault {
    switch (name) {
      case "specversion" -> {
        specversion = Json.name(p);
        return 1;
      }
      case "id" -> {
        id = Json.name(p);
        return 2;
      }
      case "source" -> {
        source = Json.name(p);
        return 4;
      }
      case "type" -> {
        type = Json.name(p);
        return 8;
      }
      case "time" -> {
        String text = Json.name(p);
        time = text == null ? null : Rfc3339.parse(text);
        return 16;
      }
      case "data" -> {
        data.read(p);
        return 32;
      }
      default -> {
        p.skipChildren();
        return 0;
      }
    }
  }

  Instant checkedTime() throws Fault {
    EventDecoder.require("1.0".equals(specversion), Reason.SPECVERSION);
    return EventDecoder.present(time, Reason.TIME);
  }

  void key(Key key) {
    keyHi = key.hi;
    keyLo = key.lo;
  }

  Meta meta(String ownSource, String ownId, String ownType, Instant at, long contentHash) {
    return new Meta(ownSource, ownId, ownType, at, contentHash, keyHi, keyLo);
  }

  Decoded rejected(String reason) {
    return new Decoded.Rejected(source, id, type, reason);
  }
}
