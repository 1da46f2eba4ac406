/**
 * The pages as people use them: a real Chromium, a real server in a process of its own, real
 * engines. Pictures of the README are made here, with {@code -Dscreenshots=true}.
 */
@NullMarked
package io.sunchak.server.pages;

import org.jspecify.annotations.NullMarked;
