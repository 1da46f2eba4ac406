package io.sunchak.bench.ceiling;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/**
 * Reads the issue request and answers as the server would, without deciding anything: what HTTP
 * alone costs here. A program of its own, since it must not share a process with the load.
 */
public final class BareServer {
  private static final int BACKLOG = 8_192;
  private static final byte[] ACCEPTED =
      ascii(
          """
          {"campaignId":"demo","userId":"u123456","sequence":123456,"state":"ACCEPTED","acceptedAt":"2026-01-01T00:00:00.123Z"}\
          """);
  private static final byte[] SOLD_OUT =
      ascii(
          """
          {"type":"about:blank","title":"Sold out","status":409,"code":"SOLD_OUT"}\
          """);

  private BareServer() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Port, and {@code accept} or {@code refuse}. Runs until it is killed. */
  public static void main(String[] arguments) throws InterruptedException {
    int port = Integer.parseInt(arguments[0]);
    boolean accept = arguments[1].equals("accept");
    IoHandlerFactory io =
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    int threads = Runtime.getRuntime().availableProcessors();
    Class<? extends ServerChannel> channel =
        Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    Channel bound =
        new ServerBootstrap()
            .group(new MultiThreadIoEventLoopGroup(threads, io))
            .channel(channel)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel made) {
                    made.pipeline().addLast(new HttpServerCodec(), new Answering(accept));
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), port)
            .sync()
            .channel();
    bound.closeFuture().sync();
  }

  private static final class Answering extends SimpleChannelInboundHandler<HttpObject> {
    private final boolean accept;

    Answering(boolean accept) {
      this.accept = accept;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
      if (part instanceof HttpRequest request
          && request.headers().contains(HttpHeaderNames.AUTHORIZATION)) {
        ByteBuf body = Unpooled.wrappedBuffer(accept ? ACCEPTED : SOLD_OUT);
        DefaultFullHttpResponse answer =
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                accept ? HttpResponseStatus.ACCEPTED : HttpResponseStatus.CONFLICT,
                body);
        answer
            .headers()
            .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        var _ = context.write(answer);
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }
  }
}
