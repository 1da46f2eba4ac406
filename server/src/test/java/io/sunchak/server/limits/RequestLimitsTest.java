package io.sunchak.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sunchak.core.UserId;
import io.sunchak.server.security.Caller;
import io.sunchak.server.security.Role;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLimitsTest {
  private static final Rate THREE = new Rate(3, 1);
  private static final Rate MANY = new Rate(1_000_000_000, 1);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void a_user_who_presses_like_mad_is_refused_and_nobody_else() {
    RequestLimits limits = limits(MANY, THREE);

    assertThat(presses(limits, "ann", 10)).isEqualTo(3);
    assertThat(presses(limits, "bob", 3)).isEqualTo(3);
    assertThat(registry.get("sunchak.limited").tag("by", "user").counter().count()).isEqualTo(7);
  }

  @Test
  void a_users_first_presses_cost_no_bucket_and_are_tokens_of_it() {
    RequestLimits limits = limits(MANY, new Rate(100, 1));

    for (int user = 0; user < 1_000; user++) {
      assertThat(presses(limits, "u" + user, 2)).isEqualTo(2);
    }
    assertThat(limits.size()).isZero();
    assertThat(presses(limits, "ann", 200)).isEqualTo(100);
    assertThat(limits.size()).isEqualTo(1);
  }

  @Test
  void a_refusal_says_how_much_and_when() {
    RequestLimits limits = limits(MANY, new Rate(20, 2));
    assertThat(presses(limits, "ann", 20)).isEqualTo(20);
    Refusal refusal = Objects.requireNonNull(limits.ofUser(user("ann")));

    assertThat(refusal.headers())
        .containsEntry("RateLimit-Policy", "\"user\";q=20;w=10")
        .containsEntry("RateLimit", "\"user\";r=0;t=1");
    assertThat(refusal.next()).isLessThanOrEqualTo(Duration.ofMillis(500));
  }

  @Test
  void an_admin_is_not_limited_as_a_user() {
    RequestLimits limits = limits(MANY, THREE);
    Caller admin = new Caller(new UserId("root"), Role.ADMIN);

    for (int i = 0; i < 100; i++) {
      assertThat(limits.ofUser(admin)).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.9", "2001:db8::9"})
  void an_address_that_asks_too_much_is_refused_and_no_other(String address) {
    RequestLimits limits = limits(THREE, MANY);

    assertThat(asks(limits, address, 10)).isEqualTo(3);
    assertThat(asks(limits, "203.0.113.10", 3)).isEqualTo(3);
  }

  @Test
  void the_addresses_of_one_ipv6_customer_are_one() {
    RequestLimits limits = limits(THREE, MANY);

    assertThat(asks(limits, "2001:db8:0:1::1", 2)).isEqualTo(2);
    assertThat(asks(limits, "2001:db8:0:1:ffff::2", 2)).isEqualTo(1);
    assertThat(asks(limits, "2001:db8:0:2::1", 2)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1"})
  void this_machines_own_crowds_are_not_limited_by_address(String address) {
    assertThat(asks(limits(THREE, MANY), address, 1_000)).isEqualTo(1_000);
  }

  @Test
  void a_proxy_on_this_machine_is_asked_for_its_clients() {
    Proxies local = new Proxies(List.of("127.0.0.1"), Proxies.Header.X_FORWARDED_FOR);
    RequestLimits limits =
        new RequestLimits(new RequestLimits.Rates(THREE, MANY, MANY), local, registry);

    assertThat(asks(limits, "127.0.0.1", 10, name -> List.of("127.0.0.1, 198.51.100.7")))
        .isEqualTo(3);
    assertThat(asks(limits, "127.0.0.1", 3, name -> List.of("198.51.100.8"))).isEqualTo(3);
    assertThat(asks(limits, "127.0.0.1", 10, name -> List.of())).as("its own, then").isEqualTo(3);
  }

  @Test
  void one_address_may_stand_for_thousands_of_users_by_default() {
    RequestLimits limits = limits(new Rate(20_000, 2_000), new Rate(100, 10));
    int pressed = 0;
    for (int user = 0; user < 5_000; user++) {
      pressed += presses(limits, "u" + user, 3);
    }

    assertThat(pressed).isEqualTo(15_000);
    assertThat(asks(limits, "203.0.113.9", 15_000)).isEqualTo(15_000);
  }

  /** Names that somebody makes up cost no memory without an end. */
  @Test
  void what_is_kept_is_bounded() {
    Buckets<Integer> buckets = new Buckets<>("user", THREE, 1_000);

    for (int key = 0; key < 100_000; key++) {
      assertThat(buckets.take(key)).isNull();
    }

    assertThat(buckets.size()).isLessThanOrEqualTo(1_000);
  }

  private RequestLimits limits(Rate address, Rate user) {
    Proxies none = new Proxies(List.of(), Proxies.Header.X_FORWARDED_FOR);
    return new RequestLimits(new RequestLimits.Rates(address, user, MANY), none, registry);
  }

  private static Caller user(String id) {
    return new Caller(new UserId(id));
  }

  private static int presses(RequestLimits limits, String user, int times) {
    int allowed = 0;
    for (int i = 0; i < times; i++) {
      allowed += limits.ofUser(user(user)) == null ? 1 : 0;
    }
    return allowed;
  }

  private static int asks(RequestLimits limits, String address, int times) {
    return asks(limits, address, times, name -> List.of("198.51.100." + times));
  }

  private static int asks(
      RequestLimits limits, String address, int times, Function<String, List<String>> headers) {
    InetSocketAddress peer = new InetSocketAddress(InetAddress.ofLiteral(address), 4711);
    int allowed = 0;
    for (int i = 0; i < times; i++) {
      allowed += limits.ofAddress(peer, headers) == null ? 1 : 0;
    }
    return allowed;
  }
}
