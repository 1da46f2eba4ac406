package io.sunchak.admission.broken.admission.commit;

import io.sunchak.core.IssueOutcome;

record CommitThatKnowsCoupons(IssueOutcome outcome) {}
