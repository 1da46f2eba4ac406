package io.sunchak.core.architecture.broken.core.token;

import io.sunchak.core.architecture.broken.core.DomainThatReadsTheLog;

/** A token knows nobody's domain. */
public record TokenThatKnowsTheDomain(DomainThatReadsTheLog domain) {}
