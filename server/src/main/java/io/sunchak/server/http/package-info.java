/**
 * What all calls share: routes, problems, who may call, how a body is read and an answer written.
 */
@NullMarked
package io.sunchak.server.http;

import org.jspecify.annotations.NullMarked;
