package io.sunchak.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.sunchak.core.CampaignId;
import io.sunchak.core.Reservation;
import io.sunchak.core.drain.DrainListener;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every listener hears every event. */
class DrainListenersTest {
  private static final Map<Class<?>, Object> ARGUMENTS =
      Map.of(
          CampaignId.class,
          new CampaignId("c1"),
          Reservation.class,
          new Reservation(1, 1, "ann", Instant.EPOCH),
          Instant.class,
          Instant.EPOCH,
          String.class,
          "why",
          RuntimeException.class,
          new IllegalStateException("why"),
          int.class,
          7,
          long.class,
          8L,
          double.class,
          9.0);

  private final List<String> heard = new ArrayList<>();
  private final DrainListener both =
      new DrainListeners(listener("first", false), listener("second", true));

  static Stream<Method> events() {
    return Stream.of(DrainListener.class.getMethods())
        .filter(method -> method.getReturnType() == void.class);
  }

  @ParameterizedTest
  @MethodSource("events")
  void each_is_told_in_order(Method event) throws ReflectiveOperationException {
    Object[] arguments = Stream.of(event.getParameterTypes()).map(ARGUMENTS::get).toArray();

    event.invoke(both, arguments);

    String told = event.getName() + List.of(arguments);
    assertThat(heard).containsExactly("first " + told, "second " + told);
  }

  @Test
  void rows_are_awaited_if_one_awaits_them() {
    assertThat(both.isAwaited()).isTrue();
    assertThat(new DrainListeners(listener("only", false)).isAwaited()).isFalse();
  }

  private DrainListener listener(String name, boolean awaits) {
    return (DrainListener)
        Proxy.newProxyInstance(
            DrainListener.class.getClassLoader(),
            new Class<?>[] {DrainListener.class},
            (self, event, arguments) -> {
              if (event.getReturnType() == boolean.class) {
                return awaits;
              }
              heard.add(name + " " + event.getName() + List.of(arguments));
              return null;
            });
  }
}
