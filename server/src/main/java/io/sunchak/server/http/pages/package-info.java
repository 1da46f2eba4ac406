/** The dashboard, the claim page and the API's description, as files. */
@NullMarked
package io.sunchak.server.http.pages;

import org.jspecify.annotations.NullMarked;
