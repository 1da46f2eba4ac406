package io.sunchak.server.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.sunchak.server.config.SunchakProperties;
import io.sunchak.server.limits.ConnectionLimits;
import io.sunchak.server.limits.Pace;
import io.sunchak.server.limits.Proxies;
import io.sunchak.server.limits.Rate;
import io.sunchak.server.limits.RequestLimits;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the limits of requests and connections. */
@Configuration(proxyBeanMethods = false)
public class LimitsConfiguration {
  /** Some eighty lists of a thousand campaigns; the cores can send a hundred times as much. */
  private static final long LIST_BYTES_PER_SECOND = 20_000_000;

  @Bean
  Proxies proxies(SunchakProperties settings) {
    return settings.trustedProxies();
  }

  @Bean
  RequestLimits requestLimits(SunchakProperties settings, Proxies proxies, MeterRegistry registry) {
    SunchakProperties.Limits limits = settings.limits();
    Rate address = new Rate(limits.addressBurst(), limits.addressPerSecond());
    Rate user = new Rate(limits.userBurst(), limits.userPerSecond());
    Rate redeemer = new Rate(limits.redeemerBurst(), limits.redeemerPerSecond());
    RequestLimits.Rates rates = new RequestLimits.Rates(address, user, redeemer);
    return new RequestLimits(rates, proxies, registry);
  }

  @Bean
  Pace lists() {
    return new Pace("lists", LIST_BYTES_PER_SECOND);
  }

  @Bean
  ConnectionLimits connectionLimits(
      SunchakProperties settings, Proxies proxies, MeterRegistry registry) {
    SunchakProperties.Limits limits = settings.limits();
    return new ConnectionLimits(
        limits.connections(), limits.connectionsPerAddress(), proxies, registry);
  }
}
