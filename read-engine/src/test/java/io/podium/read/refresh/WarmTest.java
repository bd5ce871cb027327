package io.podium.read.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.codec.BoardsCodec;
import io.podium.codec.KeyText;
import io.podium.codec.ListingCodec;
import io.podium.listing.Listing;
import io.podium.store.Samples;
import io.podium.store.StoredBytes;
import io.podium.store.StoredBytes.Damage;
import io.podium.store.hot.HotKey;
import io.podium.store.hot.HotSettings;
import io.podium.store.hot.HotTier;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmTest {
  private static final byte LISTING = 'L';

  private final HotTier hot;
  private final Warm warm;
  private final Listing listing = Samples.listing(Samples.key(), 7, 20);
  private final byte[] good = ListingCodec.encode(listing);

  WarmTest(@TempDir Path dir) {
    hot = HotTier.open(new HotSettings(dir, 256, 64 << 10, 2 << 20));
    warm =
        new Warm(
            new Warm.Memory() {
              @Override
              public byte @Nullable [] get(byte kind, String key) {
                return hot.find(HotKey.of(kind, key));
              }

              @Override
              public void put(byte kind, String key, byte[] value) {
                assertThat(hot.put(kind, HotKey.of(kind, key), value)).isTrue();
              }

              @Override
              public void pin(byte kind, String key, byte[] value) {
                assertThat(hot.pin(kind, HotKey.of(kind, key), value)).isTrue();
              }
            });
  }

  @AfterEach
  void close() {
    hot.close();
  }

  /** Whole for the hot tier, whose own checksum is right. */
  private void store(byte[] bytes) {
    String key = KeyText.write(listing.key());
    assertThat(hot.put(LISTING, HotKey.of(LISTING, key), bytes)).isTrue();
  }

  @Test
  void whatCannotBeReadIsCountedAndAbsent_andGivesWayToTheNext() {
    Listing other = Samples.listing(Samples.key(), 3, 20);
    warm.keep(other);
    for (Damage damage : Damage.values()) {
      long before = warm.unreadable();
      store(damage.of(good));
      assertThat(warm.listing(listing.key())).as(damage.name()).isNull();
      assertThat(warm.unreadable()).isEqualTo(before + 1);
      assertThat(warm.listing(other.key())).isEqualTo(other);
      warm.keep(listing);
      assertThat(warm.listing(listing.key())).isEqualTo(listing);
    }
  }

  @Test
  void boardsThatWereLostOrKeptUnpinnedAreKeptAgain() {
    byte[] key = HotKey.of((byte) 'B', "boards");
    byte[] boards = BoardsCodec.encode(Samples.boards(5));
    hot.put((byte) 'B', key, boards);
    Books books = new Books(warm);
    books.open();
    for (boolean isLost : new boolean[] {false, true}) {
      if (isLost) {
        hot.remove(key);
      }
      books.keepAgain();
      for (int i = 0; i < 2_000; i++) {
        hot.put((byte) 'P', HotKey.of((byte) 'P', "page-" + i), new byte[100]);
      }
      assertThat(hot.find(key)).isEqualTo(boards);
    }
  }

  @Test
  void whatTheNextVersionKeptIsRead() {
    store(StoredBytes.ofNextVersion(good));
    assertThat(warm.listing(listing.key())).isEqualTo(listing);
    assertThat(warm.unreadable()).isZero();
  }
}
