package io.sunchak.server.limits;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sunchak.server.security.Caller;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Limits the requests of an address and of a user on this node. An IPv6 address counts as its /64,
 * the usual size of one customer's network. Requests from this machine are not limited by address,
 * because a drop or the bench sends those of many users. Staff are not limited as users, so that
 * the server can be operated under load, and redeemers, who act for all customers, have a limit of
 * their own. Thread-safe; never blocks.
 */
public final class RequestLimits {
  private static final int V6_NETWORK_BYTES = 8;
  private static final long MOST_ADDRESSES = 50_000;
  private static final long MOST_USERS = 100_000;

  private final Proxies proxies;
  private final Buckets<InetAddress> addresses;
  private final Buckets<String> users;
  private final Buckets<String> redeemers;
  private final Counter refusedAddresses;
  private final Counter refusedUsers;

  /** What an address, a user and a redeemer may ask. */
  public record Rates(Rate address, Rate user, Rate redeemer) {}

  public RequestLimits(Rates rates, Proxies proxies, MeterRegistry registry) {
    this.proxies = proxies;
    this.addresses = new Buckets<>("address", rates.address(), MOST_ADDRESSES);
    this.users = new Buckets<>("user", rates.user(), MOST_USERS);
    this.redeemers = new Buckets<>("redeemer", rates.redeemer(), MOST_USERS);
    this.refusedAddresses = counter(registry, "address");
    this.refusedUsers = counter(registry, "user");
  }

  static Counter counter(MeterRegistry registry, String by) {
    return Counter.builder("sunchak.limited").tag("by", by).register(registry);
  }

  /**
   * Counts a request of this address. Called before everything else.
   *
   * @param peer who connected
   * @param headers gives all values of a header, in their order
   */
  public @Nullable Refusal ofAddress(
      @Nullable SocketAddress peer, Function<String, List<String>> headers) {
    if (!(peer instanceof InetSocketAddress connected) || connected.getAddress() == null) {
      return null;
    }
    InetAddress address = connected.getAddress();
    boolean proxied = proxies.include(address);
    if (address.isLoopbackAddress() && !proxied) {
      return null;
    }
    InetAddress client = proxied ? proxies.client(address, headers) : address;
    return counted(addresses.take(customer(client)), refusedAddresses);
  }

  /** Counts a request of this user. */
  public @Nullable Refusal ofUser(Caller caller) {
    if (caller.isStaff()) {
      return null;
    }
    Buckets<String> buckets = caller.isRedeemer() ? redeemers : users;
    return counted(buckets.take(caller.user().value()), refusedUsers);
  }

  private static @Nullable Refusal counted(@Nullable Refusal refusal, Counter counter) {
    if (refusal != null) {
      counter.increment();
    }
    return refusal;
  }

  static InetAddress customer(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    byte[] network = address.getAddress();
    Arrays.fill(network, V6_NETWORK_BYTES, network.length, (byte) 0);
    try {
      return InetAddress.getByAddress(network);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address is as long as it was", e);
    }
  }

  /** The number of buckets. */
  long size() {
    return addresses.size() + users.size() + redeemers.size();
  }
}
