package io.sunchak.server.architecture.broken.server.api;

import io.sunchak.admission.RedisLink;

record TalksToRedis(RedisLink link) {}
