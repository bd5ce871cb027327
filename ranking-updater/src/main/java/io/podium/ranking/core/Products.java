package io.podium.ranking.core;

import io.podium.listing.CodePointOrder;
import io.podium.ranking.event.Key;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Product ids as small ints. Whoever remembers one retains it; when nobody does, the int is free
 * for another product.
 */
final class Products {
  private final KeyTable index;
  private final Key key = new Key();
  private @Nullable String[] names = new String[64];
  private int[] holders = new int[64];
  private final IntList free = new IntList();
  private int end;
  private int released;

  Products(Arena arena, Tally tally) {
    this.index = new KeyTable(arena, 8, tally);
  }

  /** The product's int; one that is new must be retained soon, or be let go. */
  int of(String name) {
    key.start().add(name);
    return of(name, key.hi, key.lo);
  }

  /** The same, for one who knows the name's hash. */
  int of(String name, long hi, long lo) {
    int known = find(hi, lo);
    if (known >= 0) {
      return known;
    }
    int id = free.size() > 0 ? free.removeLast() : end++;
    enter(id, name, hi, lo);
    return id;
  }

  /** -1 when it is not remembered. */
  int find(String name) {
    key.start().add(name);
    return find(key.hi, key.lo);
  }

  int find(long hi, long lo) {
    long entry = index.find(hi, lo);
    return entry == KeyTable.ABSENT ? -1 : (int) index.getLong(entry, 0);
  }

  long touch(long hi, long lo) {
    return index.touch(hi, lo);
  }

  /** Grows whenever an int is let go: until then a product's int stays what it is. */
  int released() {
    return released;
  }

  private long entry(String name) {
    key.start().add(name);
    return index.find(key.hi, key.lo);
  }

  String name(int id) {
    String name = names[id];
    if (name == null) {
      throw new IllegalStateException("product " + id + " is not held");
    }
    return name;
  }

  int compare(int a, int b) {
    return a == b ? 0 : CodePointOrder.compare(name(a), name(b));
  }

  void retain(int id) {
    holders[id]++;
  }

  void release(int id) {
    holders[id]--;
    letGo(id);
  }

  /** Forgets the product unless somebody holds it. */
  void letGo(int id) {
    if (holders[id] != 0) {
      return; // what a name lies in is another cache line
    }
    String name = names[id];
    if (name != null) {
      index.remove(entry(name));
      names[id] = null;
      free.add(id);
      released++;
    }
  }

  /** Above every int in use. */
  int end() {
    return end;
  }

  @Nullable String nameOrNull(int id) {
    return names[id];
  }

  /** Puts a product back under the int that it had; {@link #closeGaps} follows. */
  void restore(int id, String name) {
    key.start().add(name);
    enter(id, name, key.hi, key.lo);
  }

  private void enter(int id, String name, long hi, long lo) {
    if (id >= names.length) {
      names = Arrays.copyOf(names, Math.max(id + 1, id * 2));
      holders = Arrays.copyOf(holders, names.length);
    }
    names[id] = name;
    index.putLong(index.insert(hi, lo), 0, id);
    end = Math.max(end, id + 1);
  }

  void closeGaps() {
    for (int id = end - 1; id >= 0; id--) {
      if (names[id] == null) {
        free.add(id);
      }
    }
  }
}
