package io.sunchak.core.architecture.broken.core.align;

/** A part of align that is nobody else's. */
public record AlignsOwn() {}
