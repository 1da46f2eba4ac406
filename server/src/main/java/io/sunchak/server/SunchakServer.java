package io.sunchak.server;

import io.sunchak.server.config.SunchakProperties;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** The Spring application. Its beans are in the package {@code wiring}. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(SunchakProperties.class)
@Import({
  io.sunchak.server.wiring.ServerConfiguration.class,
  io.sunchak.server.wiring.LimitsConfiguration.class,
  io.sunchak.server.wiring.WatchConfiguration.class,
  io.sunchak.server.wiring.ApiConfiguration.class
})
public class SunchakServer {}
