package io.sunchak.server.fuzz;

/** Bodies of one operation. In every text a character is a byte. */
interface RequestBodies {
  /** One that the OpenAPI file allows. */
  String valid();

  /** One with something changed; the file may still allow it. */
  String changed();

  boolean isForbidden(String body);
}
