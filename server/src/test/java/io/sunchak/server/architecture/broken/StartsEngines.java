package io.sunchak.server.architecture.broken;

import io.sunchak.embedded.EmbeddedEngines;

record StartsEngines(EmbeddedEngines engines) {}
