package io.sunchak.lab.strategy;

/** The web server that takes the requests. */
public enum Stack {
  SERVLET("servlet", "Tomcat, a platform thread for each request"),
  SERVLET_VIRTUAL("servlet-virtual", "Tomcat, a virtual thread for each request"),
  REACTIVE("reactive", "Netty, a few event loops");

  private final String label;
  private final String meaning;

  Stack(String label, String meaning) {
    this.label = label;
    this.meaning = meaning;
  }

  /** Its name on the command line. */
  public String label() {
    return label;
  }

  public String meaning() {
    return meaning;
  }
}
