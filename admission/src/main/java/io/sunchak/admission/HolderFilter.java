package io.sunchak.admission;

/**
 * Everybody who holds a coupon, as 64-bit hashes: "maybe" or "surely not". Filled by one thread,
 * then published; read by any. A wrong "maybe" only costs a question to Redis.
 */
final class HolderFilter {
  private final long[] slots;
  private final int mask;

  /**
   * An empty filter.
   *
   * @param capacity how many users it will take at most
   */
  HolderFilter(int capacity) {
    int size = Integer.highestOneBit(Math.max(8, capacity * 2 - 1)) << 1;
    this.slots = new long[size];
    this.mask = size - 1;
  }

  void add(String user) {
    long hash = hash(user);
    int at = (int) hash & mask;
    while (slots[at] != 0 && slots[at] != hash) {
      at = (at + 1) & mask;
    }
    slots[at] = hash;
  }

  boolean mayHold(String user) {
    long hash = hash(user);
    int at = (int) hash & mask;
    while (slots[at] != 0) {
      if (slots[at] == hash) {
        return true;
      }
      at = (at + 1) & mask;
    }
    return false;
  }

  /** FNV-1a over the characters, then murmur3's finaliser; never 0, which marks a free slot. */
  private static long hash(String user) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < user.length(); i++) {
      hash = (hash ^ user.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    hash ^= hash >>> 33;
    return hash == 0 ? 1 : hash;
  }
}
