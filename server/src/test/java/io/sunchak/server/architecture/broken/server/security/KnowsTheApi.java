package io.sunchak.server.architecture.broken.server.security;

import io.sunchak.server.http.Code;

record KnowsTheApi(Code code) {}
