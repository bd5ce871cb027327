package io.podium.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podium.card.Card;
import io.podium.card.Member;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.store.Samples;
import io.podium.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
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
