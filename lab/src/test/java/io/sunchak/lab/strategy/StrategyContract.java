package io.sunchak.lab.strategy;

import io.sunchak.core.CouponIssuer;
import io.sunchak.core.testing.CouponIssuerContract;
import io.sunchak.core.testing.InvariantChecker;
import io.sunchak.core.testing.IssueStage;
import io.sunchak.embedded.EmbeddedEngines;
import io.sunchak.embedded.testing.EnginesExtension;
import io.sunchak.lab.testing.LabStage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The issuer's contract for one strategy on one stack, two nodes on one Redis and PostgreSQL. */
@ExtendWith(EnginesExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StrategyContract implements CouponIssuerContract {
  @RegisterExtension final InvariantChecker checker = new InvariantChecker(this::lab);

  private final Strategy strategy;
  private final Stack stack;
  @AutoClose private @Nullable LabStage lab;

  StrategyContract(Strategy strategy, Stack stack) {
    this.strategy = strategy;
    this.stack = stack;
  }

  @BeforeAll
  void start(EmbeddedEngines engines) {
    lab = new LabStage(engines, strategy, stack, 2);
  }

  final LabStage lab() {
    return Objects.requireNonNull(lab);
  }

  @Override
  public IssueStage stage() {
    return checker.stage();
  }

  @Override
  public List<CouponIssuer> nodes() {
    return lab().issuers().stream().map(checker::recording).toList();
  }
}
