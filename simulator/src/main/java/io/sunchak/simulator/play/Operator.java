package io.sunchak.simulator.play;

import io.sunchak.core.Campaign;
import io.sunchak.core.CampaignState;
import io.sunchak.core.Stock;
import io.sunchak.core.config.ConfigChange;
import io.sunchak.judge.Options;
import io.sunchak.simulator.node.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Who changes the campaign's config, and what of it the judge must know. Not thread-safe. */
final class Operator {
  private static final Duration RESTS = Duration.ofMillis(1_100);

  private final World world;
  private final History history;
  private final int firstStock;
  private long highestStock;
  private boolean lowered;

  Operator(World world, History history, int firstStock) {
    this.world = world;
    this.history = history;
    this.firstStock = firstStock;
    this.highestStock = firstStock;
  }

  /** Raises or lowers the stock, pauses, or resumes. */
  void change(Node node, int number) {
    Campaign now = world.stored().campaign();
    long stock = total(now);
    Campaign changed =
        switch (number % 4) {
          case 0 -> now.withStock(Stock.of(stock + 1 + number / 4 % 5));
          case 1 -> now.withStock(Stock.of(Math.max(1, stock - 1 - number / 4 % 3)));
          case 2 -> state(now, CampaignState.PAUSED);
          default -> state(now, CampaignState.ACTIVE);
        };
    long wanted = total(changed);
    lowered |= wanted < stock;
    highestStock = Math.max(highestStock, wanted);
    if (wanted == stock) {
      node.change(now.version(), changed, this::told, () -> {});
      return;
    }
    long begun = history.changes();
    node.change(
        now.version(),
        changed,
        result -> {
          told(result);
          if (wanted > stock && result instanceof ConfigChange.Changed) {
            // The operator hears of it when no node repeats an earlier refusal any more.
            world.scheduler().after(RESTS, World.OUTSIDE, () -> history.changed(begun));
          }
        },
        () -> {});
  }

  private long total(Campaign campaign) {
    Long total = campaign.stock().total();
    return total == null ? firstStock : total;
  }

  private void told(ConfigChange.Result result) {
    var scheduler = world.scheduler();
    world.trace().add(scheduler.now(), () -> "changed: " + result.getClass().getSimpleName());
  }

  private static Campaign state(Campaign now, CampaignState state) {
    return new Campaign(now.id(), now.name(), now.stock(), now.window(), state, now.version());
  }

  void resume() {
    Campaign now = world.stored().campaign();
    if (now.state() == CampaignState.PAUSED) {
      world.node(0).change(now.version(), state(now, CampaignState.ACTIVE), result -> {}, () -> {});
    }
  }

  /** The highest stock that was ever asked for. */
  long highestStock() {
    return highestStock;
  }

  /** What the judge may demand at the end. */
  Options options() {
    boolean open = world.stored().campaign().state() == CampaignState.ACTIVE;
    List<Options.Raise> raises = new ArrayList<>(history.raises());
    if (lowered) {
      raises.add(new Options.Raise(0, Long.MAX_VALUE));
    }
    return new Options(true, open && !lowered && raises.isEmpty(), raises, Set.of());
  }
}
