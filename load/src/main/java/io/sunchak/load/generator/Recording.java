package io.sunchak.load.generator;

import java.util.ArrayList;
import java.util.List;

/**
 * Every request and its answer, as columns of primitives: a million of them cost 40 MB and no
 * garbage. It grows by blocks, because copying what it has would hold the load up. Times are {@link
 * System#nanoTime}. Belongs to one thread while it grows.
 */
public final class Recording {
  private static final int ROWS_A_BLOCK = 1 << 14;

  private final List<Block> blocks = new ArrayList<>();
  private Block last = new Block();

  /** Full blocks, and the last one. */
  private static final class Block {
    private final long[] shots = new long[ROWS_A_BLOCK];
    private final long[] intended = new long[ROWS_A_BLOCK];
    private final long[] sent = new long[ROWS_A_BLOCK];
    private final long[] done = new long[ROWS_A_BLOCK];
    private final long[] answers = new long[ROWS_A_BLOCK];
    private int size;
  }

  Recording() {
    blocks.add(last);
  }

  void add(long shot, long intendedAt, long sentAt, long doneAt, long answer) {
    if (last.size == ROWS_A_BLOCK) {
      last = new Block();
      blocks.add(last);
    }
    int row = last.size++;
    last.shots[row] = shot;
    last.intended[row] = intendedAt;
    last.sent[row] = sentAt;
    last.done[row] = doneAt;
    last.answers[row] = answer;
  }

  void addAll(Recording other) {
    for (Block block : other.blocks) {
      for (int row = 0; row < block.size; row++) {
        add(
            block.shots[row],
            block.intended[row],
            block.sent[row],
            block.done[row],
            block.answers[row]);
      }
    }
  }

  private Block block(int i) {
    return blocks.get(i / ROWS_A_BLOCK);
  }

  /** How many requests. */
  public int size() {
    return (blocks.size() - 1) * ROWS_A_BLOCK + last.size;
  }

  public int endpoint(int i) {
    return Shots.endpoint(block(i).shots[i % ROWS_A_BLOCK]);
  }

  public int user(int i) {
    return Shots.user(block(i).shots[i % ROWS_A_BLOCK]);
  }

  /** When it should have been sent; in a closed loop, when it was. */
  public long intendedAt(int i) {
    return block(i).intended[i % ROWS_A_BLOCK];
  }

  public long sentAt(int i) {
    return block(i).sent[i % ROWS_A_BLOCK];
  }

  /** When the answer was whole, or the connection was lost. */
  public long doneAt(int i) {
    return block(i).done[i % ROWS_A_BLOCK];
  }

  /** What was answered, as {@link AnswerCodec} packs it. */
  public long answer(int i) {
    return block(i).answers[i % ROWS_A_BLOCK];
  }
}
