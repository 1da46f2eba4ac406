package io.sunchak.admission.issue;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.core.log.CampaignKeyspace.Facts;
import io.sunchak.core.log.LogException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The users who hold a number of a campaign, as 64-bit hashes. It answers "maybe" or "surely not";
 * a wrong "maybe" only costs a question to Redis. Filled by one thread, then published; read by
 * any.
 */
final class HolderFilter {
  private static final int MOST_HOLDERS = 2_000_000;

  private final int capacity;
  private final long[] slots;
  private final int mask;
  private int size;

  /**
   * An empty filter.
   *
   * @param capacity how many users it will take at most
   */
  HolderFilter(int capacity) {
    int length = Integer.highestOneBit(Math.max(8, capacity * 2 - 1)) << 1;
    this.capacity = capacity;
    this.slots = new long[length];
    this.mask = length - 1;
  }

  /**
   * Loads the holders of a campaign from Redis.
   *
   * @return null if there are too many, or if fewer were found than numbers were given: a holder
   *     who is missing would be told SOLD_OUT
   * @throws LogException when Redis fails
   */
  static @Nullable HolderFilter load(CampaignId campaign, CampaignKeyspace keyspace) {
    Optional<Facts> facts = keyspace.facts(campaign);
    long given = facts.map(Facts::sequence).orElse(-1L);
    if (given < 0 || given > MOST_HOLDERS) {
      return null;
    }
    HolderFilter filter = new HolderFilter((int) given);
    keyspace.forEachIssued(campaign, filter::addAll);
    return filter.size == given ? filter : null;
  }

  private void addAll(List<Holding> holders) {
    for (Holding holder : holders) {
      if (!add(holder.user())) {
        throw new LogException("more holders than numbers given", null);
      }
    }
  }

  /** Adds a user; false if it is full. Half of the slots stay free, so that a search ends. */
  boolean add(String user) {
    long hash = hash(user);
    int slot = slot(hash);
    if (slots[slot] == hash) {
      return true;
    }
    if (size >= capacity) {
      return false;
    }
    slots[slot] = hash;
    size++;
    return true;
  }

  boolean mayHold(String user) {
    long hash = hash(user);
    return slots[slot(hash)] == hash;
  }

  /** Where {@code hash} is, or the free slot where it would be. */
  private int slot(long hash) {
    int at = (int) hash & mask;
    while (slots[at] != 0 && slots[at] != hash) {
      at = (at + 1) & mask;
    }
    return at;
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
