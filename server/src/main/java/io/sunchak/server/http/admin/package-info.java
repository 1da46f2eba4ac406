/**
 * The calls of administrators. A new one is a route in one of these handlers ({@link
 * io.sunchak.server.http.Calls}) or in a new handler that {@code wiring.ApiConfiguration} makes a
 * bean; its schema goes into {@code openapi.yaml}, its row into {@code docs/api.md} and {@code
 * AccessIT}. Everything below {@code /api/v1/admin} needs the role {@code admin} ({@code
 * security.Access}). A call that changes something writes its audit entry in the same transaction
 * ({@link io.sunchak.core.ledger.AuditLedger}).
 */
@NullMarked
package io.sunchak.server.http.admin;

import org.jspecify.annotations.NullMarked;
