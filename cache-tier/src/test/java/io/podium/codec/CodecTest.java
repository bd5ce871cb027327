package io.podium.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podium.card.Card;
import io.podium.card.Member;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Omitted;
import io.podium.listing.Slice;
import io.podium.store.Samples;
import io.podium.store.StoreException;
import io.podium.store.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CodecTest {
  private final Listing listing = Samples.listing(Samples.key(), 1_763_800_000_000L, 100);
  private final Card card =
      Card.of("상품", Map.of("name", new Member(Samples.stamp(1), "\"크림 👄\"")));

  @Test
  void everythingComesBackAsItWas() {
    assertThat(ListingCodec.decode(ListingCodec.encode(listing))).isEqualTo(listing);
    assertThat(CardCodec.decode(CardCodec.encode(card))).isEqualTo(card);
    Card removal = Card.removal("P", Samples.stamp(2));
    assertThat(CardCodec.decode(CardCodec.encode(removal))).isEqualTo(removal);
    assertThat(BoardsCodec.decode(BoardsCodec.encode(Samples.boards(7))))
        .isEqualTo(Samples.boards(7));
  }

  @Test
  void whatARuleOrARollbackDidComesBack() {
    List<Entry> entries = new ArrayList<>();
    for (int flags = 0; flags < 4; flags++) {
      String product = "P" + flags;
      entries.add(new Entry(product, BigInteger.ONE, 1, 0, (flags & 1) != 0, (flags & 2) != 0));
    }
    Omitted buried = new Omitted("B", BigInteger.ONE, 9, Omitted.Reason.BELOW_THE_CUT, true);
    Listing ruled =
        new Listing(
            listing.key(),
            1,
            0,
            Samples.START,
            Samples.START.plusNanos(1_000_000_001),
            "h",
            "c",
            null,
            0,
            entries,
            List.of(buried));
    assertThat(ListingCodec.decode(ListingCodec.encode(ruled))).isEqualTo(ruled);
    assertThat(DeltaCodec.decode(DeltaCodec.encode(ruled, listing), listing)).isEqualTo(ruled);
  }

  @Test
  void aListingOfAHundredIsSmall() {
    assertThat(ListingCodec.encode(listing)).hasSizeLessThan(2_000);
  }

  @Test
  void aDifferenceIsSmallerThanTheWholeAndNeedsItsBase() {
    Listing next = Samples.listing(listing.key(), listing.epoch() + 1, 100);
    byte[] delta = DeltaCodec.encode(next, listing);
    assertThat(DeltaCodec.decode(delta, listing)).isEqualTo(next);
    assertThat(delta.length * 2).isLessThan(ListingCodec.encode(next).length);
    refused(b -> DeltaCodec.decode(b, next), delta);
    Listing unlike = Samples.listing(listing.key(), 5, 3);
    assertThat(DeltaCodec.decode(DeltaCodec.encode(listing, unlike), unlike)).isEqualTo(listing);
  }

  @Test
  void anyChangedByteIsRecognised() {
    byte[] good = ListingCodec.encode(listing);
    Random random = new Random(11);
    for (int i = 0; i < 2000; i++) {
      byte[] bad = good.clone();
      int at = random.nextInt(bad.length);
      bad[at] ^= (byte) (1 << random.nextInt(8));
      refused(ListingCodec::decode, bad);
    }
  }

  @Test
  void garbageAndTruncatedBytesAreRecognised() {
    byte[] good = CardCodec.encode(card);
    for (int length = 0; length < good.length; length++) {
      refused(CardCodec::decode, Arrays.copyOf(good, length));
    }
    refused(CardCodec::decode, Arrays.copyOf(good, good.length + 1));
    refused(BoardsCodec::decode, good);
    byte[] garbage = new byte[1000];
    new Random(3).nextBytes(garbage);
    refused(ListingCodec::decode, garbage);
  }

  @Test
  void aNewerVersionIsReadWhenItSaysThatThisReaderMay() {
    byte[] body =
        "{\"p\":\"P1\",\"m\":{\"price\":[1,2,\"e\",\"5\",\"later\"]},\"future\":{\"a\":[1]}}"
            .getBytes(StandardCharsets.UTF_8);
    Card read = CardCodec.decode(Frame.write(Frame.CARD, 2, 1, body));
    assertThat(read.json("price")).isEqualTo("5");
    refused(CardCodec::decode, Frame.write(Frame.CARD, 3, 2, body));
  }

  @Test
  void aCardOfTheNextVersionIsMergedAndWrittenWithWhatIsUnknownInIt() throws IOException {
    byte[] later = StoredBytes.ofNextVersion(Frame.CARD, CardCodec.encode(card));
    Card patch = Samples.card(card.productId(), "stock", "3", 2);
    for (Card merged :
        List.of(CardCodec.decode(later).merge(patch), patch.merge(CardCodec.decode(later)))) {
      byte[] written = CardCodec.encode(merged);
      JsonNode body = new ObjectMapper().readTree(Frame.read(Frame.CARD, 1, written).body());
      assertThat(body.path("later")).isEqualTo(new ObjectMapper().readTree(StoredBytes.LATER));
      assertThat(CardCodec.decode(written)).isEqualTo(merged);
      assertThat(merged.members().keySet()).containsExactly("name", "stock");
    }
  }

  /** Each kind as the first version wrote it: every later version reads these. */
  @Test
  void whatTheFirstVersionStoredIsRead() throws IOException {
    ListingKey key = new ListingKey("best", Slice.of(Map.of("category", "뷰티")));
    Listing base = Samples.listing(key, 7, 3);
    Listing next = Samples.listing(key, 8, 3);
    assertThat(ListingCodec.decode(stored("listing"))).isEqualTo(base);
    assertThat(DeltaCodec.decode(stored("delta"), base)).isEqualTo(next);
    assertThat(CardCodec.decode(stored("card"))).isEqualTo(card);
    assertThat(BoardsCodec.decode(stored("boards"))).isEqualTo(Samples.boards(7));
  }

  /** Each kind as the next version may write it: more members, more elements at the end. */
  @Test
  void whatTheNextVersionAddsIsLeftOut() throws IOException {
    ListingKey key = new ListingKey("best", Slice.of(Map.of("category", "뷰티")));
    Listing base = Samples.listing(key, 7, 3);
    byte[] listing = later(Frame.LISTING, stored("listing"));
    assertThat(ListingCodec.decode(listing)).isEqualTo(base);
    byte[] delta = later(Frame.DELTA, stored("delta"));
    assertThat(DeltaCodec.decode(delta, base)).isEqualTo(Samples.listing(key, 8, 3));
    byte[] boards = later(Frame.BOARDS, stored("boards"));
    assertThat(BoardsCodec.decode(boards)).isEqualTo(Samples.boards(7));
  }

  private static byte[] later(byte kind, byte[] stored) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode body = (ObjectNode) json.readTree(Frame.read(kind, 1, stored).body());
    body.putObject("later").putArray("x").add(1);
    for (JsonNode entry : body.path("i")) {
      if (entry instanceof ArrayNode array) {
        while (array.size() < 5) {
          array.add(0);
        }
        array.add("later");
      }
    }
    for (JsonNode board : body.path("boards")) {
      ((ObjectNode) board).put("later", true);
    }
    return Frame.write(kind, 2, 1, json.writeValueAsBytes(body));
  }

  private static byte[] stored(String kind) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(CodecTest.class.getResourceAsStream("stored-v1.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> line.startsWith(kind + " "))
          .map(line -> Base64.getDecoder().decode(line.substring(kind.length() + 1)))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void bytesLargerThanAnyValueAreRefusedUnread() {
    byte[] large = new byte[(16 << 20) + 10];
    large[0] = 'P';
    large[1] = Frame.LISTING;
    refused(ListingCodec::decode, large);
  }

  @Test
  void aWholeFrameOfAnotherShapeIsCorrupt() {
    for (String body :
        new String[] {"", "[]", "{}", "{\"p\":1,\"m\":[]}", "{\"p\":\"P\",\"m\":{\"x\":[]}}"}) {
      byte[] bytes = Frame.write(Frame.CARD, 1, 1, body.getBytes(StandardCharsets.UTF_8));
      refused(CardCodec::decode, bytes);
    }
  }

  @Test
  void bytesThatInflateBeyondTheBoundAreRefused() {
    byte[] large = new byte[(16 << 20) + 1];
    assertThatThrownBy(() -> Frame.write(Frame.CARD, 1, 1, large))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.REFUSED));
  }

  @Test
  void keyTextsAreReadableAndComeBack() {
    ListingKey key =
        new ListingKey(
            "best", Slice.of(Map.of("category", "뷰티/스킨 케어=100%&{}|+\n", "buyer.ageGroup", "20s")));
    assertThat(KeyText.write(key))
        .isEqualTo("best|buyer.ageGroup=20s&category=뷰티/스킨%20케어%3d100%25%26%7b%7d%7c%2b%0a");
    assertThat(KeyText.read(KeyText.write(key))).isEqualTo(key);
    ListingKey whole = new ListingKey("b", Slice.WHOLE_SHOP);
    assertThat(KeyText.read(KeyText.write(whole))).isEqualTo(whole);
    for (String bad : new String[] {"", "b", "b|x", "b|x=%zz"}) {
      assertThatThrownBy(() -> KeyText.read(bad)).isInstanceOf(StoreException.class);
    }
  }

  private static void refused(Consumer<byte[]> decoder, byte[] bytes) {
    assertThatThrownBy(() -> decoder.accept(bytes))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CORRUPT));
  }
}
