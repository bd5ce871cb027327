package io.podium.ranking.event;

import java.util.List;

/**
 * Fuzz target: whatever the bytes, a request is structurally right or its faults are told, and
 * every event of it is decoded to something, the same by both readers; nothing is thrown. See
 * {@link FuzzTest}.
 */
public final class EventFuzz {
  private static final EventDecoder DECODER = new EventDecoder(List.of());

  private EventFuzz() {}

  /** Called by the fuzzer; the first byte chooses between single and batch. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    byte[] body = java.util.Arrays.copyOfRange(data, 1, data.length);
    EventStructure.Checked checked = EventStructure.check(body, (data[0] & 1) == 1);
    for (EventStructure.Event event : checked.events()) {
      decode(event.json());
    }
    decode(body);
  }

  private static void decode(byte[] json) {
    if (!DECODER.decode(json).equals(DECODER.decodeAny(json))) {
      throw new IllegalStateException("the quick reader and the general one differ");
    }
  }
}
