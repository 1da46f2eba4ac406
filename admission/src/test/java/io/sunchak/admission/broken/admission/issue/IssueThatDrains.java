package io.sunchak.admission.broken.admission.issue;

import io.sunchak.admission.broken.admission.log.LogThatIssues;
import io.sunchak.core.drain.PassResult;
import java.util.List;

/** Knows the core's own machinery, and a room that knows this one. */
public record IssueThatDrains(List<LogThatIssues> log, LogThatIssues one, PassResult drain) {}
