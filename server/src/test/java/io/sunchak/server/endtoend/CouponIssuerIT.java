package io.sunchak.server.endtoend;

import io.sunchak.core.CouponIssuer;
import io.sunchak.core.testing.CouponIssuerContract;
import io.sunchak.core.testing.InvariantChecker;
import io.sunchak.core.testing.IssueStage;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The issuer's contract, kept by two nodes on real engines. */
@ExtendWith(EnginesExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CouponIssuerIT implements CouponIssuerContract {
  private final TwoNodes nodes;

  @RegisterExtension final InvariantChecker checker;

  CouponIssuerIT(EmbeddedEngines engines) {
    nodes = new TwoNodes(engines);
    checker = new InvariantChecker(() -> nodes);
  }

  @AfterAll
  void stop() {
    nodes.close();
  }

  @Override
  public IssueStage stage() {
    return checker.stage();
  }

  @Override
  public List<CouponIssuer> nodes() {
    return List.of(issuer(), checker.recording(nodes.node(1)));
  }
}
