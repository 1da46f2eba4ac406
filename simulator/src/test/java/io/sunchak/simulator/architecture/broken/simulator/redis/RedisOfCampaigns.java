package io.sunchak.simulator.architecture.broken.simulator.redis;

import io.sunchak.core.CampaignId;

/** A Redis that knows what its keys mean. */
public record RedisOfCampaigns(CampaignId campaign) {}
