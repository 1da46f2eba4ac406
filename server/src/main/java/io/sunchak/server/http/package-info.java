/**
 * Shared by all calls: routes, problems, access, reading of bodies and writing of answers. Each
 * part of the API has a package of its own below.
 */
@NullMarked
package io.sunchak.server.http;

import org.jspecify.annotations.NullMarked;
