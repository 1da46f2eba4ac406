package io.sunchak.server.http.netty;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.NettyPipeline;

/** Counts the requests of a server that pass its HTTP codec. */
@Configuration(proxyBeanMethods = false)
class DecodedRequests {
  @Bean
  Count count() {
    return new Count();
  }

  @Bean
  WebServerFactoryCustomizer<NettyReactiveWebServerFactory> counting(Count count) {
    return factory ->
        factory.addServerCustomizers(server ->
            server.doOnChannelInit((observer, channel, remote) ->
                channel.pipeline().addAfter(NettyPipeline.HttpCodec, "test.decoded", count)));
  }

  @Sharable
  static final class Count extends ChannelInboundHandlerAdapter {
    private final AtomicInteger requests = new AtomicInteger();

    int get() {
      return requests.get();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest) {
        requests.incrementAndGet();
      }
      context.fireChannelRead(message);
    }
  }
}
