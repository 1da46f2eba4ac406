package io.sunchak.chaos.faults;

import io.sunchak.chaos.cluster.Cluster;
import io.sunchak.chaos.schedule.Strike;
import io.sunchak.core.CampaignId;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Does to the cluster what a strike says. Thread-safe: several strikes may be under way. */
public final class Faults {
  /** Held by a strike that takes Redis down or changes its data, until Redis answers again. */
  private final Lock redisAlone = new ReentrantLock();

  private final ProcessFaults processes;
  private final RedisFaults redis;
  private final PostgresFaults postgres;
  private final LinkFaults links;

  /**
   * Faults of one cycle.
   *
   * @param campaign the cycle's own, whose keys are struck
   */
  public Faults(Cluster cluster, CampaignId campaign) {
    this.processes = new ProcessFaults(cluster);
    this.redis = new RedisFaults(cluster, campaign);
    this.postgres = new PostgresFaults(cluster);
    this.links = new LinkFaults(cluster);
  }

  /**
   * Strikes, waits for as long as the strike lasts, and lets what was struck come back.
   *
   * @return false where it failed, mostly since another strike had taken its target away; a part of
   *     it may have happened
   */
  public boolean strike(Strike strike) throws InterruptedException {
    boolean alone = strike.fault().takesRedisDown();
    if (alone) {
      redisAlone.lockInterruptibly();
    }
    try {
      deal(strike);
      if (alone) {
        redis.awaitReady();
      }
      return true;
    } catch (IOException | SQLException | RuntimeException e) {
      return false;
    } finally {
      if (alone) {
        redisAlone.unlock();
      }
    }
  }

  private void deal(Strike strike) throws IOException, SQLException, InterruptedException {
    switch (strike.fault()) {
      case SERVER_KILLED -> processes.killServer(strike);
      case SERVERS_KILLED -> processes.killServers(strike);
      case SERVER_KILLED_IN_START -> processes.killServerInStart(strike);
      case SERVER_STOPPED -> processes.stopServer(strike);
      case SERVERS_ROLLED -> processes.rollServers();
      case ALL_KILLED -> processes.killAll(strike);
      case REDIS_KILLED -> redis.kill(strike);
      case REDIS_KILLED_IN_START -> redis.killInStart(strike);
      case REDIS_KILLED_IN_REWRITE -> redis.killInRewrite(strike);
      case REDIS_WRITE_TORN -> redis.tearWrite(strike);
      case REDIS_STOPPED -> redis.stop(strike);
      case REDIS_CLIENTS_KILLED -> redis.killClients();
      case REDIS_SCRIPTS_FLUSHED -> redis.flushScripts();
      case REDIS_TAIL_LOST -> redis.loseTail(strike);
      case REDIS_DATA_DELETED -> redis.deleteData(strike);
      case REDIS_ROLLED_BACK -> redis.rollBack(strike);
      case REDIS_FLUSHED -> redis.flush();
      case REDIS_KEY_DELETED -> redis.deleteKey(strike);
      case POSTGRES_KILLED -> postgres.kill(strike);
      case POSTGRES_BACKEND_KILLED -> postgres.killBackend(strike);
      case POSTGRES_BACKEND_STOPPED -> postgres.stopBackend(strike);
      case POSTGRES_SESSIONS_ENDED -> postgres.endSessions();
      case POSTGRES_COUPONS_LOCKED -> postgres.lockCoupons(strike);
      case LINK_RESET, LINK_CLOSED, LINK_SILENT, LINK_REPLIES_LOST, LINK_SLOW ->
          links.strike(strike);
    }
  }
}
