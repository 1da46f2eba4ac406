package io.sunchak.simulator.play;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.IssueOutcome;
import io.sunchak.core.Reservation;
import io.sunchak.core.log.CampaignKeyspace;
import io.sunchak.core.log.Disagreement;
import io.sunchak.core.log.ReservationLog;
import io.sunchak.core.promise.Peers;
import io.sunchak.simulator.node.Parts;
import io.sunchak.simulator.redis.MemoryRedis;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Faults of the product that runs must notice, and in how many runs at most. */
enum Planted implements Parts {
  /** Redis replies, and syncs later. */
  ANSWER_BEFORE_SYNC(400) {
    @Override
    public boolean syncsFirst() {
      return false;
    }
  },
  /** The drain removes what it reads, before the ledger has it. */
  POP_FIRST(100) {
    @Override
    public String script(String text) {
      return replaced(
          text,
          "if cursor > drained then\n  redis.call('XTRIM', KEYS[3], 'MINID', next)",
          "if #reply > 2 then\n  redis.call('XTRIM', KEYS[3], 'MINID',"
              + " ARGV[2] .. '-' .. string.format('%.0f', seq + 1))");
    }
  },
  /** The drain trims one entry too many. */
  TRIM_ABOVE_THE_CURSOR(400) {
    @Override
    public String script(String text) {
      return replaced(
          text,
          "redis.call('XTRIM', KEYS[3], 'MINID', next)",
          "redis.call('XTRIM', KEYS[3], 'MINID',"
              + " ARGV[2] .. '-' .. string.format('%.0f', cursor + 2))");
    }
  },
  /** After an unclear outcome the coupon goes back to the stock. */
  STOCK_GIVEN_BACK(100) {
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
  /** The stock is compared with what was given when the group before was decided. */
  GET_THEN_INCR(100) {
    @Override
    public String script(String text) {
      return replaced(
          text,
          "local left = total - seq\n",
          """
          local left = total - (whole(redis.call('HGET', KEYS[1], 'read')) or seq)
          redis.call('HSET', KEYS[1], 'read', meta[5])
          """);
    }
  },
  /** Whoever asks twice gets two. */
  NO_CHECK_OF_WHO_HAS_ONE(100) {
    @Override
    public String script(String text) {
      return replaced(
          text, "local word = known[i - 4] or mine[user] or refusal", "local word = refusal");
    }
  },
  /** The log expires when nobody asks for a while. */
  EXPIRY_OF_THE_LOG(100) {
    @Override
    public String script(String text) {
      return replaced(
          text,
          "local left = total - seq\n",
          """
          local left = total - seq
          local last = whole(redis.call('HGET', KEYS[1], 'last'))
          if last and now - last > 300 then redis.call('DEL', KEYS[2], KEYS[3]) end
          redis.call('HSET', KEYS[1], 'last', stamp)
          """);
    }
  },
  /** A resync takes nothing from Redis. */
  REBUILD_FROM_THE_LEDGER_ONLY(400) {
    @Override
    public CampaignKeyspace keyspace(CampaignKeyspace real) {
      return changed((method, args) ->
          method.getName().startsWith("forEach") ? null : method.invoke(real, args));
    }
  },
  /** Neither the witness nor the number of holders is compared. */
  NO_CHECK_FOR_A_ROLL_BACK(200) {
    @Override
    public String script(String text) {
      return text.replace("if held ~= seq then return 'ROLLED_BACK' end\n", "")
          .replace("if held ~= seq or seq < cursor then return { 'ROLLED_BACK' } end\n", "")
          .replace("if ARGV[3] ~= '' and known[1] ~= ARGV[4] then return 'ROLLED_BACK' end\n", "");
    }
  },
  /** A resync does not wait for what other nodes promised. */
  NO_WAIT_FOR_THE_HAND_OVER(400) {
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
  /** What the log lacks is skipped: the next entry is taken for the next number. */
  HOLE_ACCEPTED(100) {
    @Override
    public String script(String text) {
      return POP_FIRST.script(text);
    }

    @Override
    public ReservationLog log(ReservationLog real) {
      return new ReservationLog() {
        @Override
        public Page read(
            CampaignId campaign,
            String ledgerId,
            long epoch,
            long cursor,
            @Nullable Holding last,
            int max) {
          Page page = real.read(campaign, ledgerId, epoch, cursor, last, max);
          boolean hole = page instanceof Disagrees(var why) && why == Disagreement.HOLE;
          return hole ? new Entries(List.<Reservation>of(), 0) : page;
        }
      };
    }
  };

  private final int runs;

  Planted(int runs) {
    this.runs = runs;
  }

  /** In so many runs it must be noticed. */
  int runs() {
    return runs;
  }

  /** The script with that part replaced; another script stays as it is. */
  private static String replaced(String text, String part, String by) {
    return text.replace(part, by);
  }

  private interface Call {
    @Nullable Object run(Method method, Object[] args)
        throws IllegalAccessException, InvocationTargetException;
  }

  private static CampaignKeyspace changed(Call call) {
    return (CampaignKeyspace)
        Proxy.newProxyInstance(
            Planted.class.getClassLoader(),
            new Class<?>[] {CampaignKeyspace.class},
            (proxy, method, args) -> {
              try {
                return call.run(method, args);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }
}
