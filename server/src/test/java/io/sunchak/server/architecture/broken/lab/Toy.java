package io.sunchak.server.architecture.broken.lab;

/** Stands for anything of the lab. */
public final class Toy {}
