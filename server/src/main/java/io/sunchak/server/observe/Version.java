package io.sunchak.server.observe;

/** The version of Sunchak. */
public final class Version {
  public static final String NUMBER = "0.1.0";

  private Version() {}
}
