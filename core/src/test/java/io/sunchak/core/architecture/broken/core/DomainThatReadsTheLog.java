package io.sunchak.core.architecture.broken.core;

import io.sunchak.core.architecture.broken.core.log.LogThatWrites;

/** The domain must not know its ports. */
public record DomainThatReadsTheLog(LogThatWrites log) {}
