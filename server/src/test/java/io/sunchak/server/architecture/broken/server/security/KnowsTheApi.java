package io.sunchak.server.architecture.broken.server.security;

import io.sunchak.server.api.Code;

record KnowsTheApi(Code code) {}
