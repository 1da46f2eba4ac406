package io.sunchak.server.architecture.broken;

/** Stands open, and nobody outside its package comes in. */
public record PublicForNobody() {}
