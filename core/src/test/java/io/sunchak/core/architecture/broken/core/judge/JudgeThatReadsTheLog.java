package io.sunchak.core.architecture.broken.core.judge;

import io.sunchak.core.architecture.broken.core.log.LogThatWrites;

/** The judge looks at what was kept, not at the engines. */
public record JudgeThatReadsTheLog(LogThatWrites log) {}
