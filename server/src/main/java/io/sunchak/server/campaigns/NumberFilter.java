package io.sunchak.server.campaigns;

import io.sunchak.core.CampaignId;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A Bloom filter of campaigns' numbers, with one hash: it never denies a number that was added. Of
 * other numbers it may affirm as many as are added per 8,388,608, so 1 in 84 at 100,000. It takes 1
 * MiB from the first number on. Thread-safe.
 */
final class NumberFilter {
  private static final int BITS = 23;
  private static final int WORDS = 1 << (BITS - 6);

  /** The golden ratio, whose multiples spread evenly (Knuth, TAOCP 3, 6.4). */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final AtomicReference<@Nullable AtomicLongArray> words = new AtomicReference<>();

  void add(CampaignId campaign, long sequence) {
    AtomicLongArray marks = words.get();
    if (marks == null) {
      words.compareAndSet(null, new AtomicLongArray(WORDS));
      add(campaign, sequence);
      return;
    }
    int bit = bit(campaign, sequence);
    marks.accumulateAndGet(bit >>> 6, 1L << bit, (before, mark) -> before | mark);
  }

  boolean mayContain(CampaignId campaign, long sequence) {
    AtomicLongArray marks = words.get();
    int bit = bit(campaign, sequence);
    return marks != null && (marks.get(bit >>> 6) & (1L << bit)) != 0;
  }

  private static int bit(CampaignId campaign, long sequence) {
    long mixed = (campaign.value().hashCode() * SPREAD ^ sequence) * SPREAD;
    return (int) (mixed >>> (Long.SIZE - BITS));
  }
}
