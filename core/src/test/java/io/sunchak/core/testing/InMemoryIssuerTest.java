package io.sunchak.core.testing;

import io.sunchak.core.CouponIssuer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The in-memory issuers of two nodes keep the contract, so that other tests may rest on them. */
class InMemoryIssuerTest implements CouponIssuerContract {
  @AutoClose private static InMemoryStage stage;

  @RegisterExtension final InvariantChecker checker = new InvariantChecker(() -> stage);

  @BeforeAll
  static void start() {
    stage = new InMemoryStage(2);
  }

  @Override
  public IssueStage stage() {
    return checker.stage();
  }

  @Override
  public List<CouponIssuer> nodes() {
    return stage.nodes().stream().map(node -> checker.recording(node.issuer())).toList();
  }
}
