package io.sunchak.server.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** The kernel's interface by which the HTTP server reads and writes, from the first choice on. */
public enum Transport {
  IO_URING {
    @Override
    @Nullable Throwable unavailability() {
      return IoUring.unavailabilityCause();
    }

    @Override
    IoHandlerFactory handlers() {
      return IoUringIoHandler.newFactory();
    }
  },
  EPOLL {
    @Override
    @Nullable Throwable unavailability() {
      return Epoll.unavailabilityCause();
    }

    @Override
    IoHandlerFactory handlers() {
      return EpollIoHandler.newFactory();
    }
  },
  /** The JDK's own, which every system has. */
  NIO {
    @Override
    @Nullable Throwable unavailability() {
      return null;
    }

    @Override
    IoHandlerFactory handlers() {
      return NioIoHandler.newFactory();
    }
  };

  /** The setting, and its value that leaves the choice to the server. */
  private static final String KEY = "sunchak.transport";

  private static final String AUTO = "auto";
  private static final System.Logger LOG = System.getLogger(Transport.class.getName());

  /** Why it cannot be used here; null where it can. */
  abstract @Nullable Throwable unavailability();

  abstract IoHandlerFactory handlers();

  /**
   * The one of this name, or for {@code auto} the first that can be used here.
   *
   * @throws InvalidConfigurationPropertyValueException where it cannot be used here, and for an
   *     unknown name
   */
  public static Transport of(String setting) {
    if (setting.equals(AUTO)) {
      return Stream.of(values()).filter(Transport::isAvailable).findFirst().orElse(NIO);
    }
    Transport named =
        Stream.of(values())
            .filter(one -> one.toString().equals(setting))
            .findFirst()
            .orElseThrow(() -> refused("must be auto, io_uring, epoll or nio"));
    if (!named.isAvailable()) {
      throw refused("is " + named + ", which this machine does not allow: use auto");
    }
    return named;
  }

  /** Whether it can be used here; the log says at DEBUG why not. */
  public boolean isAvailable() {
    Throwable cause = unavailability();
    if (cause != null) {
      LOG.log(System.Logger.Level.DEBUG, this + " is not available", cause);
    }
    return cause == null;
  }

  private static InvalidConfigurationPropertyValueException refused(String reason) {
    return new InvalidConfigurationPropertyValueException(KEY, null, reason);
  }

  /** As in the setting and on the first screen. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
