package io.sunchak.simulator.play;

import io.sunchak.admission.link.Link;
import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.gate.AdmissionGate;
import io.sunchak.core.ledger.ResyncLedger;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.core.log.ReservationLog;
import io.sunchak.core.promise.ConnectedNodes;
import io.sunchak.core.promise.Peers;
import io.sunchak.core.testing.InMemoryLedger;
import io.sunchak.core.testing.UserTwice;
import io.sunchak.simulator.network.Sync;
import io.sunchak.simulator.node.Parts;
import io.sunchak.simulator.redis.MemoryRedis;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bugs that are planted into the engines and into what stands between them and the product. */
enum PartBug implements Parts {
  /** Redis syncs once a second and does not wait for it. */
  EVERYSEC {
    @Override
    public Sync sync() {
      return Sync.EACH_SECOND;
    }
  },
  /** Redis replies, and syncs right after. */
  ANSWER_BEFORE_SYNC {
    @Override
    public Sync sync() {
      return Sync.AFTER_REPLYING;
    }
  },
  /** After an unclear outcome the coupon goes back to the stock. */
  STOCK_GIVEN_BACK {
    @Override
    public void answered(IssueOutcome outcome, MemoryRedis redis) {
      String meta = "{c:sim}:meta";
      Object total = redis.call("HGET", List.of(meta, "total"));
      if (outcome instanceof IssueOutcome.Unknown && total != null) {
        String more = Long.toString(Long.parseLong(total.toString()) + 1);
        redis.call("HSET", List.of(meta, "total", more));
      }
    }
  },
  /** A group that a lost connection left unanswered is sent again on the next one. */
  RESENT {
    @Override
    public boolean resends() {
      return true;
    }
  },
  /** A new connection is served on under the lease of the one before. */
  NO_CHECK_ON_RECONNECT {
    @Override
    public AdmissionGate gate(AdmissionGate real, Link script) {
      return Changed.servingAgain(real, script);
    }
  },
  /** Nodes do not tell each other what they have promised when Redis is another one. */
  NODES_DO_NOT_MEET {
    @Override
    public Peers peers(Peers real) {
      return new Peers() {
        @Override
        public void meet(String redis) {}

        @Override
        public Set<String> handOver(CampaignId campaign, long epoch) {
          return real.handOver(campaign, epoch);
        }
      };
    }
  },
  /** A resync does not wait for what other nodes promised. */
  NO_WAIT_FOR_THE_HAND_OVER {
    @Override
    public Peers peers(Peers real) {
      return new Peers() {
        @Override
        public void meet(String redis) {
          real.meet(redis);
        }

        @Override
        public Set<String> handOver(CampaignId campaign, long epoch) {
          return Set.of();
        }
      };
    }
  },
  /** A node that is late is not waited for longer because it is connected to Redis. */
  NO_WAIT_FOR_A_CONNECTED_NODE {
    @Override
    public ConnectedNodes connected(ConnectedNodes real) {
      return Set::of;
    }
  },
  /** A resync takes nothing from Redis. */
  REBUILD_FROM_THE_LEDGER_ONLY {
    @Override
    public CampaignKeyspace keyspace(CampaignKeyspace real) {
      return Changed.keyspace((method, args) ->
          method.getName().startsWith("forEach") ? null : method.invoke(real, args));
    }
  },
  /** A resync reads Redis first, and fences it when it begins to write. */
  FENCED_AFTER_READING {
    @Override
    public CampaignKeyspace keyspace(CampaignKeyspace real) {
      return Changed.fencedLate(real);
    }
  },
  /** The lock of a resync is known to its own node alone. */
  LOCAL_LOCK {
    @Override
    public ResyncLedger resyncs(ResyncLedger real) {
      return Changed.resyncs((method, args) ->
          method.getName().equals("tryLock")
              ? Optional.<ResyncLedger.Lock>of(() -> {})
              : method.invoke(real, args));
    }
  },
  /** A node's drain begins behind what the log holds when the node starts. */
  START_AT_THE_LOGS_END {
    @Override
    public ReservationLog log(ReservationLog real) {
      return new LogFromItsEnd(real);
    }
  },
  /** A user may have two rows. */
  NO_UNIQUE_KEY {
    @Override
    public void prepare(InMemoryLedger ledger) {
      ledger.userTwice(UserTwice.STORED);
    }
  },
  /** {@code ON CONFLICT DO NOTHING}. */
  CONFLICTS_SKIPPED {
    @Override
    public void prepare(InMemoryLedger ledger) {
      ledger.userTwice(UserTwice.SKIPPED);
    }
  };

  /** What the first read finds is never told. */
  private static final class LogFromItsEnd implements ReservationLog {
    private final ReservationLog real;
    private long begin = -1;

    LogFromItsEnd(ReservationLog real) {
      this.real = real;
    }

    @Override
    public Page read(
        CampaignId campaign,
        String ledgerId,
        long epoch,
        long cursor,
        @Nullable Holding last,
        int max) {
      Page page = real.read(campaign, ledgerId, epoch, cursor, last, max);
      if (!(page instanceof Entries read)) {
        return page;
      }
      if (begin < 0) {
        begin = cursor + read.backlog();
      }
      return new Entries(
          read.reservations().stream().filter(one -> one.sequence() > begin).toList(),
          read.backlog());
    }
  }
}
