package io.sunchak.server.security;

import io.sunchak.core.UserId;

/** Whom a verified token names. */
public record Caller(UserId user, boolean admin) {}
