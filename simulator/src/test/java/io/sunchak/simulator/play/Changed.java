package io.sunchak.simulator.play;

import io.sunchak.admission.link.Link;
import io.sunchak.core.CampaignId;
import io.sunchak.core.gate.AdmissionGate;
import io.sunchak.core.gate.Lease;
import io.sunchak.core.ledger.ResyncLedger;
import io.sunchak.core.log.CampaignKeyspace;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Ports of which some methods do something else. */
final class Changed {
  private Changed() {}

  /** In the place of each method. */
  interface Call {
    @Nullable Object run(Method method, Object[] args)
        throws IllegalAccessException, InvocationTargetException;
  }

  static CampaignKeyspace keyspace(Call call) {
    return port(CampaignKeyspace.class, call);
  }

  static ResyncLedger resyncs(Call call) {
    return port(ResyncLedger.class, call);
  }

  /** The fence is set just before the keys are cleared. */
  static CampaignKeyspace fencedLate(CampaignKeyspace real) {
    AtomicReference<String> ledgerId = new AtomicReference<>("");
    return keyspace((method, args) ->
        switch (method.getName()) {
          case "fence" -> {
            ledgerId.set((String) args[1]);
            yield true;
          }
          case "isFenced" -> true;
          case "clear" ->
              real.fence((CampaignId) args[0], ledgerId.get(), (Long) args[1])
                  && real.clear((CampaignId) args[0], (Long) args[1]);
          default -> method.invoke(real, args);
        });
  }

  /** Opens on each new connection of {@code script} what was open on the one before. */
  static AdmissionGate servingAgain(AdmissionGate real, Link script) {
    AtomicReference<@Nullable Lease> lease = new AtomicReference<>();
    script.onChange(() -> {
      Lease last = lease.get();
      Link.Established now = script.established();
      if (last != null && now != null) {
        real.open(last, now.number());
      }
    });
    return port(
        AdmissionGate.class,
        (method, args) -> {
          if (method.getName().equals("open")) {
            lease.set((Lease) args[0]);
          }
          return method.invoke(real, args);
        });
  }

  private static <T> T port(Class<T> port, Call call) {
    Object changed =
        Proxy.newProxyInstance(
            Changed.class.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, args) -> {
              try {
                return call.run(method, args);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
    return port.cast(changed);
  }
}
