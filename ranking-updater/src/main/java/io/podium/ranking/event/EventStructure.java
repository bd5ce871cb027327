package io.podium.ranking.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks a request body before anything of it is stored (DESIGN 4.3, structural faults): JSON, and
 * of each event the CloudEvents attributes and its size. {@code data} is only walked through. What
 * an event says is for {@link EventDecoder}. Stateless, safe from any thread.
 */
public final class EventStructure {
  /** The index of a fault of the body as a whole. */
  public static final int WHOLE_BODY = -1;

  /** Reading stops after so many bad events, so that an answer stays bounded. */
  public static final int MAX_FAULTS = 1_000;

  /**
   * @param index 0-based place in the batch, or {@link #WHOLE_BODY}
   * @param reason one of {@link Reason}
   */
  public record BadEvent(int index, String reason) {}

  /**
   * Either all events of the body, or what is wrong.
   *
   * @param events empty when there are faults
   */
  public record Checked(List<Event> events, List<BadEvent> faults) {}

  /** One event as it was sent, byte for byte. */
  public static final class Event {
    private final String type;
    private final byte[] json;
    private final boolean timed;
    private final int nullTimeAt;

    private Event(String type, byte[] json, boolean timed, int nullTimeAt) {
      this.type = type;
      this.json = json;
      this.timed = timed;
      this.nullTimeAt = nullTimeAt;
    }

    public String type() {
      return type;
    }

    /** The bytes themselves, not a copy. */
    public byte[] json() {
      return json;
    }

    /** Whether it says when it happened. */
    public boolean isTimed() {
      return timed;
    }

    /** The bytes with {@code time} added; as they are if it was said. */
    public byte[] jsonAt(Instant time) {
      if (timed) {
        return json;
      }
      // A "time":null gives way to the value; else the member goes right behind the brace.
      boolean isNull = nullTimeAt >= 0;
      int at = isNull ? nullTimeAt : 1;
      int cut = isNull ? "null".length() : 0;
      String member = isNull ? "\"" + time + "\"" : "\"time\":\"" + time + "\",";
      byte[] added = member.getBytes(StandardCharsets.UTF_8);
      byte[] out = new byte[json.length - cut + added.length];
      System.arraycopy(json, 0, out, 0, at);
      System.arraycopy(added, 0, out, at, added.length);
      System.arraycopy(json, at + cut, out, at + added.length, json.length - at - cut);
      return out;
    }
  }

  private final byte[] body;
  private final List<Event> events = new ArrayList<>();
  private final List<BadEvent> faults = new ArrayList<>();
  private int index;

  private EventStructure(byte[] body) {
    this.body = body;
  }

  /**
   * @param body UTF-8 JSON: one event, or an array of events
   * @param batch whether it must be an array
   */
  public static Checked check(byte[] body, boolean batch) {
    EventStructure structure = new EventStructure(body);
    try (JsonParser p = Json.parser(body)) {
      if (batch) {
        structure.readBatch(p);
      } else {
        p.nextToken();
        structure.readEvent(p);
      }
      if (structure.faults.isEmpty() && p.nextToken() != null) {
        structure.index = WHOLE_BODY;
        structure.add(Reason.JSON);
      }
    } catch (IOException | Fault notJson) {
      structure.add(Reason.JSON);
    }
    List<BadEvent> faults = structure.faults;
    return new Checked(faults.isEmpty() ? structure.events : List.of(), faults);
  }

  private void readBatch(JsonParser p) throws IOException {
    if (p.nextToken() != JsonToken.START_ARRAY) {
      index = WHOLE_BODY;
      add(p.currentToken() == null ? Reason.JSON : Reason.NOT_AN_ARRAY);
      return;
    }
    while (p.nextToken() != JsonToken.END_ARRAY && faults.size() < MAX_FAULTS) {
      readEvent(p);
      index++;
    }
  }

  private void readEvent(JsonParser p) throws IOException {
    if (p.currentToken() == null) {
      add(Reason.JSON);
    } else if (p.currentToken() != JsonToken.START_OBJECT) {
      p.skipChildren();
      add(Reason.NOT_AN_OBJECT);
    } else {
      int start = (int) p.currentTokenLocation().getByteOffset();
      Attributes attributes = new Attributes();
      attributes.read(p);
      int end = (int) p.currentLocation().getByteOffset();
      String fault = end - start > EventDecoder.MAX_EVENT_BYTES ? Reason.TOO_LARGE : null;
      fault = fault == null ? attributes.fault() : fault;
      if (fault == null) {
        events.add(attributes.event(Arrays.copyOfRange(body, start, end), start));
      } else {
        add(fault);
      }
    }
  }

  private void add(String reason) {
    faults.add(new BadEvent(index, reason));
  }

  /** What must be right of one event's envelope. */
  private static final class Attributes {
    private boolean specversion;
    private boolean id;
    private boolean source;
    private @Nullable String type;
    private boolean timed;
    private boolean badTime;
    private int nullTimeAt = -1;
    private boolean repeated;

    void read(JsonParser p) throws IOException {
      int seen = 0;
      for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
        JsonToken token = p.nextToken();
        int bit = readMember(name, p, token);
        repeated |= (seen & bit) != 0;
        seen |= bit;
      }
    }

    private int readMember(String name, JsonParser p, JsonToken token) throws IOException {
      switch (name) {
        case "specversion" -> {
          specversion = "1.0".equals(Json.name(p));
          return 1;
        }
        case "id" -> {
          id = Json.name(p) != null;
          return 2;
        }
        case "source" -> {
          source = Json.name(p) != null;
          return 4;
        }
        case "type" -> {
          type = Json.name(p);
          return 8;
        }
        case "time" -> {
          readTime(p, token);
          return 16;
        }
        default -> {
          p.skipChildren();
          return name.equals("data") ? 32 : 0;
        }
      }
    }

    private void readTime(JsonParser p, JsonToken token) throws IOException {
      if (token == JsonToken.VALUE_NULL) {
        nullTimeAt = (int) p.currentTokenLocation().getByteOffset();
        return;
      }
      String text = Json.name(p);
      timed = text != null && Rfc3339.parse(text) != null;
      badTime = !timed;
    }

    @Nullable String fault() {
      if (repeated) {
        return Reason.DUPLICATE_MEMBER;
      }
      if (!specversion) {
        return Reason.SPECVERSION;
      }
      if (!id) {
        return Reason.ID;
      }
      if (!source) {
        return Reason.SOURCE;
      }
      if (type == null) {
        return Reason.TYPE;
      }
      return badTime ? Reason.TIME : null;
    }

    Event event(byte[] json, int start) {
      String of = type == null ? "" : type;
      return new Event(of, json, timed, nullTimeAt < 0 ? -1 : nullTimeAt - start);
    }
  }
}
