package io.sunchak.admission.broken.admission.log;

import io.sunchak.admission.broken.admission.issue.IssueThatDrains;

public record LogThatIssues(IssueThatDrains issue) {}
