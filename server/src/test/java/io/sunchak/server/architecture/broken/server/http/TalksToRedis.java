package io.sunchak.server.architecture.broken.server.http;

import io.sunchak.admission.link.RedisLink;

record TalksToRedis(RedisLink link) {}
