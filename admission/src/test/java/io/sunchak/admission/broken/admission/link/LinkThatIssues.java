package io.sunchak.admission.broken.admission.link;

import io.sunchak.admission.broken.admission.issue.IssueThatDrains;

public record LinkThatIssues(IssueThatDrains issue) {}
