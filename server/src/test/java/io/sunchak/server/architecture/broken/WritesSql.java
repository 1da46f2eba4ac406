package io.sunchak.server.architecture.broken;

import javax.sql.DataSource;

record WritesSql(DataSource source) {}
