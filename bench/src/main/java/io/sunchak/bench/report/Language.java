package io.sunchak.bench.report;

/**
 * In which language something is written out. {@code BOTH}: both stand there and the page shows
 * one.
 */
enum Language {
  ENGLISH,
  KOREAN,
  BOTH
}
