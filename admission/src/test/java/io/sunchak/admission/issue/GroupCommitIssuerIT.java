package io.sunchak.admission.issue;

import io.sunchak.core.testing.CouponIssuerContract;
import io.sunchak.core.testing.InvariantChecker;
import io.sunchak.core.testing.IssueStage;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The product's issuer keeps the contract on a real Redis. */
@ExtendWith(EnginesExtension.class)
final class GroupCommitIssuerIT implements CouponIssuerContract {
  @AutoClose private static RedisStage stage;

  @RegisterExtension final InvariantChecker checker = new InvariantChecker(() -> stage);

  @BeforeAll
  static void start(EmbeddedEngines engines) {
    stage = new RedisStage(1, RedisNode.Settings.of(engines.redisServerUri()));
  }

  @Override
  public IssueStage stage() {
    return checker.stage();
  }
}
