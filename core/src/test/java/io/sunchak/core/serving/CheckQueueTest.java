package io.sunchak.core.serving;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.CampaignId;
import io.sunchak.core.log.Disagreement;
import io.sunchak.core.serving.CheckQueue.Case;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CheckQueueTest {
  private static final long HOUR = SECONDS.toNanos(3_600);

  private final CheckQueue queue = new CheckQueue(2);
  private final CampaignId one = new CampaignId("one");
  private final CampaignId two = new CampaignId("two");

  @Test
  void a_campaign_waits_at_most_once_and_the_worse_word_counts() throws Exception {
    queue.add(due(one, Disagreement.HOLE));
    queue.add(due(one, null));
    queue.add(due(two, null));
    assertThat(take().why()).isEqualTo(Disagreement.HOLE);
    assertThat(take().campaign()).isEqualTo(two);
  }

  @Test
  void while_a_campaign_is_in_work_it_is_not_handed_out_again() throws Exception {
    queue.add(due(one, null));
    assertThat(take().campaign()).isEqualTo(one);
    queue.add(due(one, Disagreement.EPOCH));
    queue.add(due(two, null));
    assertThat(take().campaign()).isEqualTo(two);
    queue.done(one);
    assertThat(take().why()).isEqualTo(Disagreement.EPOCH);
  }

  @Test
  void being_asked_for_does_not_shorten_a_back_off() throws Exception {
    long now = System.nanoTime();
    queue.add(new Case(one, null, true, 3, now + HOUR));
    queue.add(new Case(one, null, true, 0, now));
    queue.add(due(two, null));
    assertThat(take().campaign()).isEqualTo(two);
    queue.done(two);
    CompletableFuture<@Nullable Case> next = takeLater();
    assertThat(next).isNotDone();
    queue.close();
    assertThat(next.get(20, SECONDS)).isNull();
  }

  @Test
  void of_what_was_merely_noticed_what_does_not_fit_is_dropped() throws Exception {
    CampaignId three = new CampaignId("three");
    queue.add(noticed(one));
    queue.add(noticed(two));
    queue.add(noticed(three));
    queue.add(due(three, null));
    queue.add(noticed(new CampaignId("four")));
    assertThat(take().campaign()).isEqualTo(three);
    assertThat(take().campaign()).isEqualTo(one);
    assertThat(take().campaign()).isEqualTo(two);
    CompletableFuture<@Nullable Case> next = takeLater();
    queue.close();
    assertThat(next.get(20, SECONDS)).isNull();
  }

  @Test
  void who_is_asked_for_comes_before_all_that_were_noticed() throws Exception {
    CheckQueue many = new CheckQueue(100_000);
    for (int i = 0; i < 50_000; i++) {
      many.add(noticed(new CampaignId("c-" + i)));
    }
    many.add(due(one, null));
    many.add(due(new CampaignId("c-49999"), Disagreement.EPOCH));
    // It waits for longer than the one that was only asked for.
    assertThat(many.take()).extracting("why").isEqualTo(Disagreement.EPOCH);
    assertThat(many.take()).extracting("campaign").isEqualTo(one);
    assertThat(many.take()).extracting("asked").isEqualTo(false);
  }

  @Test
  void what_was_put_off_is_due_when_there_is_a_reason_to_hurry() throws Exception {
    queue.add(new Case(one, null, true, 3, System.nanoTime() + HOUR));
    CompletableFuture<@Nullable Case> next = takeLater();
    queue.connected();
    assertThat(next.get(20, SECONDS)).extracting("campaign").isEqualTo(one);
  }

  @Test
  void who_waits_gets_a_case_as_soon_as_there_is_one() throws Exception {
    CompletableFuture<@Nullable Case> next = takeLater();
    queue.add(due(one, null));
    assertThat(next.get(20, SECONDS)).extracting("campaign").isEqualTo(one);
  }

  @Test
  void after_the_close_nothing_is_handed_out() throws Exception {
    queue.close();
    queue.add(due(one, null));
    assertThat(queue.take()).isNull();
  }

  private static Case due(CampaignId campaign, @Nullable Disagreement why) {
    return new Case(campaign, why, true, 0, System.nanoTime());
  }

  private static Case noticed(CampaignId campaign) {
    return new Case(campaign, null, false, 0, System.nanoTime());
  }

  private Case take() throws InterruptedException {
    Case taken = queue.take();
    if (taken == null) {
      throw new AssertionError("the queue is closed");
    }
    return taken;
  }

  private CompletableFuture<@Nullable Case> takeLater() {
    CompletableFuture<@Nullable Case> taken = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        taken.complete(queue.take());
      } catch (InterruptedException e) {
        taken.completeExceptionally(e);
      }
    });
    return taken;
  }
}
