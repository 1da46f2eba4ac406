package io.sunchak.chaos.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.chaos.cluster.Cluster;
import io.sunchak.chaos.schedule.Fault;
import io.sunchak.chaos.schedule.Schedule;
import io.sunchak.chaos.schedule.Strike;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A running system with one planted bug, under the faults that bring it to light: each must turn
 * its cycle red, and without a bug the same faults must not. Six clusters take minutes, so they run
 * when they are asked for: {@code -Dsunchak.planted=true}.
 */
@EnabledIfSystemProperty(named = "sunchak.planted", matches = "true")
@Timeout(180)
class PlantedBugIT {
  private static final int USERS = 700;
  private static final Duration ARRIVAL = Duration.ofSeconds(3);

  private static final String SKIP_CONFLICTS =
      """
      CREATE FUNCTION skip_conflict() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM coupon WHERE campaign_id = NEW.campaign_id AND user_id = NEW.user_id)
        THEN RETURN NULL; END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER skip_conflict BEFORE INSERT ON coupon FOR EACH ROW EXECUTE FUNCTION skip_conflict()
      """;

  private static final String FORGET_HAND_OVERS =
      """
      CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
      CREATE TRIGGER forget BEFORE INSERT ON hand_over FOR EACH ROW EXECUTE FUNCTION forget()
      """;

  @TempDir private Path folder;

  @Test
  void without_a_bug_these_faults_break_nothing() throws Exception {
    CycleReport report =
        cycle(
            new Planted(folder),
            500L,
            "",
            strike(Fault.POSTGRES_COUPONS_LOCKED, 300, 2_000),
            strike(Fault.REDIS_ROLLED_BACK, 500, 700),
            strike(Fault.REDIS_FLUSHED, 1_500, 0));
    assertThat(report.violations()).isEmpty();
    assertThat(report.accepted()).isEqualTo(500);
  }

  /**
   * GET, then INCR: a group sees the stock once, and takes more than is left of it. Redis stands
   * still at first, so that the groups are large when the stock ends.
   */
  @Test
  void a_stock_that_is_read_once_for_a_whole_group_is_oversold() throws Exception {
    Planted planted = new Planted(folder).script("reserve", "left - 1, room - 1", "left, room - 1");
    assertRed(cycle(planted, 60L, "", strike(Fault.REDIS_STOPPED, 0, 1_000)), "I1 (no oversell)");
  }

  /** The holder is not looked up, and the ledger skips conflicts instead of refusing them. */
  @Test
  void a_second_number_for_a_holder_is_found_though_the_ledger_hides_it() throws Exception {
    Planted planted = new Planted(folder).script("reserve", "known[i - 4] or mine[user] or", "");
    assertRed(
        cycle(planted, null, SKIP_CONFLICTS, strike(Fault.SERVER_KILLED, 1_000, 100)),
        "I2 (no duplicate)");
  }

  /** Neither the number of holders nor the witness is compared: a roll-back goes unnoticed. */
  @Test
  void numbers_given_twice_after_a_roll_back_are_found() throws Exception {
    Planted planted =
        new Planted(folder)
            .script("reserve", "if held ~= seq then", "if false then")
            .script("reserve", "if ARGV[3] ~= '' and known[1] ~= ARGV[4] then", "if false then");
    assertRed(
        cycle(
            planted,
            null,
            "",
            strike(Fault.POSTGRES_COUPONS_LOCKED, 300, 2_400),
            strike(Fault.REDIS_ROLLED_BACK, 500, 900)),
        "I2 (no duplicate)");
  }

  /** The rebuild knows the ledger alone: what servers hand over is thrown away. */
  @Test
  void promises_that_a_rebuild_forgets_are_found() throws Exception {
    assertRed(
        cycle(
            new Planted(folder),
            null,
            FORGET_HAND_OVERS,
            strike(Fault.POSTGRES_COUPONS_LOCKED, 300, 2_000),
            strike(Fault.REDIS_FLUSHED, 1_500, 0)),
        "I");
  }

  /** A missing key is taken for an exhausted stock. */
  @Test
  void sold_out_for_a_lost_key_is_found() throws Exception {
    Planted planted =
        new Planted(folder)
            .script(
                "reserve",
                "if not (meta[1] and meta[2]",
                """
                if not meta[1] and ARGV[6] then
                  local no = { 'OK', '1', '1', '1', '0' }
                  for i = 6, #ARGV do no[i] = 'SOLD_OUT' end
                  return table.concat(no, ' ')
                end
                if not (meta[1] and meta[2]\
                """);
    assertRed(cycle(planted, 650L, "", strike(Fault.REDIS_FLUSHED, 1_000, 0)), "I6 (sold out");
  }

  private CycleReport cycle(
      Planted planted, @Nullable Long stock, String inLedger, Strike... strikes) throws Exception {
    Schedule schedule = new Schedule(1, stock, USERS, ARRIVAL, List.of(strikes));
    try (Cluster cluster = Cluster.start(folder.resolve("cluster"), planted.plan())) {
      if (!inLedger.isEmpty()) {
        Planted.inLedger(cluster, inLedger);
      }
      return new Cycle(cluster, schedule).run();
    }
  }

  private static Strike strike(Fault fault, long at, long lasting) {
    return new Strike(fault, Duration.ofMillis(at), Duration.ofMillis(lasting), 0, 0);
  }

  private static void assertRed(CycleReport report, String words) {
    assertThat(report.violations()).anySatisfy(violation -> assertThat(violation).contains(words));
  }
}
