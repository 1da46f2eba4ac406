package io.sunchak.admission.broken.admission.script;

import io.sunchak.admission.broken.admission.link.LinkThatIssues;

record ScriptThatConnects(LinkThatIssues link) {}
