package io.sunchak.chaos.cycle;

import io.sunchak.chaos.history.Disturbance;
import io.sunchak.chaos.schedule.Schedule;
import java.util.List;

/**
 * What a cycle came to.
 *
 * @param struck the strikes that hit something
 * @param accepted coupons of the campaign
 * @param checked users who were told yes, each compared with the ledger
 * @param unknown requests without a clear answer
 * @param lost users whose promise went with a lost tail, as the protocol allows
 * @param unlisted of these, those that no server can have reported
 * @param violations empty where the promise held
 * @param readyMillis from the end of the last fault until both servers were ready
 * @param drainedMillis from then until everything was in the ledger
 */
public record CycleReport(
    Schedule schedule,
    List<Disturbance> struck,
    long accepted,
    long checked,
    long unknown,
    long lost,
    long unlisted,
    List<String> violations,
    long readyMillis,
    long drainedMillis) {

  public boolean isClean() {
    return violations.isEmpty();
  }
}
