@NullMarked
package io.sunchak.server.http.pages;

import org.jspecify.annotations.NullMarked;
