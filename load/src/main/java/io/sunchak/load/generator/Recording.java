package io.sunchak.load.generator;

import java.util.Arrays;

/**
 * Every request and its answer, as columns of primitives: a million of them cost 40 MB and no
 * garbage. Times are {@link System#nanoTime}. Belongs to one thread while it grows.
 */
public final class Recording {
  private static final int FIRST = 1 << 14;

  private long[] shots = new long[FIRST];
  private long[] intended = new long[FIRST];
  private long[] sent = new long[FIRST];
  private long[] done = new long[FIRST];
  private long[] answers = new long[FIRST];
  private int size;

  void add(long shot, long intendedAt, long sentAt, long doneAt, long answer) {
    if (size == shots.length) {
      grow(size * 2);
    }
    shots[size] = shot;
    intended[size] = intendedAt;
    sent[size] = sentAt;
    done[size] = doneAt;
    answers[size] = answer;
    size++;
  }

  void addAll(Recording other) {
    if (size + other.size > shots.length) {
      grow(size + other.size);
    }
    System.arraycopy(other.shots, 0, shots, size, other.size);
    System.arraycopy(other.intended, 0, intended, size, other.size);
    System.arraycopy(other.sent, 0, sent, size, other.size);
    System.arraycopy(other.done, 0, done, size, other.size);
    System.arraycopy(other.answers, 0, answers, size, other.size);
    size += other.size;
  }

  private void grow(int to) {
    shots = Arrays.copyOf(shots, to);
    intended = Arrays.copyOf(intended, to);
    sent = Arrays.copyOf(sent, to);
    done = Arrays.copyOf(done, to);
    answers = Arrays.copyOf(answers, to);
  }

  /** How many requests. */
  public int size() {
    return size;
  }

  public int endpoint(int i) {
    return Shots.endpoint(shots[i]);
  }

  public int user(int i) {
    return Shots.user(shots[i]);
  }

  /** When it should have been sent; in a closed loop, when it was. */
  public long intendedAt(int i) {
    return intended[i];
  }

  public long sentAt(int i) {
    return sent[i];
  }

  /** When the answer was whole, or the connection was lost. */
  public long doneAt(int i) {
    return done[i];
  }

  /** What was answered, as {@link AnswerCodec} packs it. */
  public long answer(int i) {
    return answers[i];
  }
}
