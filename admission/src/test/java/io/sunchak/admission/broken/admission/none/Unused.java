package io.sunchak.admission.broken.admission.none;

/** Public, and nobody uses it. */
public final class Unused {
  private Unused() {}
}
