package io.sunchak.server.architecture.broken.server.http;

import io.sunchak.admission.RedisLink;

record TalksToRedis(RedisLink link) {}
