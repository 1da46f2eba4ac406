package io.sunchak.simulator.play;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Holding;
import io.sunchak.core.Reservation;
import io.sunchak.core.log.ReservationLog;
import io.sunchak.simulator.node.Parts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bugs that are planted into the scripts, as Redis runs them. */
enum ScriptBug implements Parts {
  /** The drain removes what it reads, before the ledger has it. */
  POP_FIRST {
    @Override
    public String script(String text) {
      return text.replace(
          "if cursor > drained then\n  redis.call('XTRIM', KEYS[3], 'MINID', next)",
          "if #reply > 2 then\n  redis.call('XTRIM', KEYS[3], 'MINID',"
              + " ARGV[2] .. '-' .. string.format('%.0f', seq + 1))");
    }
  },
  /** The drain trims one entry too many. */
  TRIM_ABOVE_THE_CURSOR {
    @Override
    public String script(String text) {
      return text.replace(
          "redis.call('XTRIM', KEYS[3], 'MINID', next)",
          "redis.call('XTRIM', KEYS[3], 'MINID',"
              + " ARGV[2] .. '-' .. string.format('%.0f', cursor + 2))");
    }
  },
  /** The stock is compared with what was given when the group before was decided. */
  GET_THEN_INCR {
    @Override
    public String script(String text) {
      return text.replace(
          "local left = total - seq\n",
          """
          local left = total - (whole(redis.call('HGET', KEYS[1], 'read')) or seq)
          redis.call('HSET', KEYS[1], 'read', meta[5])
          """);
    }
  },
  /** Whoever asks twice gets two. */
  NO_CHECK_OF_WHO_HAS_ONE {
    @Override
    public String script(String text) {
      return text.replace("local word = known[i - 5] or mine[user]", "local word");
    }
  },
  /** The log expires when nobody asks for a while. */
  EXPIRY_OF_THE_LOG {
    @Override
    public String script(String text) {
      return text.replace(
          "local left = total - seq\n",
          """
          local left = total - seq
          local last = whole(redis.call('HGET', KEYS[1], 'last'))
          if last and now - last > 300 then redis.call('DEL', KEYS[2], KEYS[3]) end
          redis.call('HSET', KEYS[1], 'last', stamp)
          """);
    }
  },
  /** Neither the witness nor the number of holders is compared. */
  NO_CHECK_FOR_A_ROLL_BACK {
    @Override
    public String script(String text) {
      return text.replace("if held ~= seq then return 'ROLLED_BACK' end\n", "")
          .replace("if held ~= seq or seq < cursor then return { 'ROLLED_BACK' } end\n", "")
          .replace("if ARGV[3] ~= '' and known[1] ~= ARGV[4] then return 'ROLLED_BACK' end\n", "");
    }
  },
  /** A node of an earlier epoch is served as one of this. */
  NO_EPOCH_CHECK {
    @Override
    public String script(String text) {
      return text.replace("or meta[2] ~= ARGV[2] then return 'EPOCH'", "then return 'EPOCH'")
          .replace("or meta[2] ~= ARGV[2] then return { 'EPOCH' }", "then return { 'EPOCH' }");
    }
  },
  /** After a raise somebody is accepted while other nodes still repeat SOLD_OUT. */
  NO_REST_AFTER_A_RAISE {
    @Override
    public String script(String text) {
      return text.replace("local resting = widened and", "local resting = false and");
    }
  },
  /** A resync loads holders, whoever's the fence is. */
  LOAD_WITHOUT_TOKEN {
    @Override
    public String script(String text) {
      return text.contains("return 'LOADED'") ? withoutToken(text) : text;
    }
  },
  /** A resync clears, loads and opens, whoever's the fence is. */
  RESYNC_WITHOUT_TOKEN {
    @Override
    public String script(String text) {
      return withoutToken(text);
    }
  },
  /** What the log lacks is skipped: its next entry is taken for the next number. */
  HOLE_ACCEPTED {
    @Override
    public String script(String text) {
      return text.replace("return { 'HOLE' }", "");
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
          return page instanceof Entries read ? following(read, cursor) : page;
        }
      };
    }
  };

  private static String withoutToken(String text) {
    return text.replace("if meta[1] ~= ARGV[1] or meta[2] ~= ARGV[1] then return 'LOST' end\n", "");
  }

  private static ReservationLog.Entries following(ReservationLog.Entries read, long cursor) {
    List<Reservation> numbered = new ArrayList<>();
    for (Reservation one : read.reservations()) {
      long next = cursor + 1 + numbered.size();
      numbered.add(new Reservation(one.epoch(), next, one.user(), one.acceptedAt()));
    }
    return new ReservationLog.Entries(numbered, read.backlog());
  }
}
