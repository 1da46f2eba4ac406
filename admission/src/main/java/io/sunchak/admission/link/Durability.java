package io.sunchak.admission.link;

import java.util.Locale;

/**
 * On what it rests that Redis keeps what a 202 promises: on settings that were read, or on the
 * operator's word about a service that does not show them.
 */
public enum Durability {
  /** The settings are read, and must be right. */
  VERIFIED,
  /** Declared: a write is on the disk before its reply, as with {@code appendfsync always}. */
  FSYNC_ALWAYS,
  /** Declared: a write is in a log on several machines' disks before its reply. */
  REPLICATED_LOG;

  /** As it is written in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
