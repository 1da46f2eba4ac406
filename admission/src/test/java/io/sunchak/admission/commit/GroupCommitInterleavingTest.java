package io.sunchak.admission.commit;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two threads, two operations each, in some hundred interleavings; each run tries the same. */
final class GroupCommitInterleavingTest {
  @ParameterizedTest
  @ValueSource(classes = {GroupCommitModel.OneInFlight.class, GroupCommitModel.TwoInFlight.class})
  void everybody_is_answered_in_order_of_arrival(Class<?> model) {
    new ModelCheckingOptions()
        .threads(2)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(0)
        .iterations(6)
        .invocationsPerIteration(100)
        .check(model);
  }
}
