package io.sunchak.server.http;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.code().name(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
