package io.sunchak.core.architecture.broken.core;

/** Its name says nothing. */
public record IssueHelper() {}
