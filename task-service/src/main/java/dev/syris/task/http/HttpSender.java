package dev.syris.task.http;

import dev.syris.task.http.Exchange.End;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends one request over a connection of its own, follows nothing, repeats nothing, knows no proxy
 * and no cookie, and tells whether anything left. Interrupting it cancels the exchange.
 * Thread-safe.
 */
final class HttpSender implements AutoCloseable {

  private static final int CONNECTIONS = 1_000;
  private static final String SENT = "syris.sent";

  /** As long as a step may allow a call: its own limit interrupts it earlier. */
  private static final Timeout LONGEST = Timeout.ofHours(1);

  private final CloseableHttpClient client;
  private final int maxResponse;

  HttpSender(HttpToolSettings settings, PinnedResolver resolver) {
    this(Math.toIntExact(settings.maxResponse().toBytes()), settings.connectTimeout(), resolver);
  }

  /**
   * @param maxResponse bytes of a response's body that are kept
   */
  HttpSender(int maxResponse, Duration connectTimeout, DnsResolver resolver) {
    this.maxResponse = maxResponse;
    Timeout connect = Timeout.of(connectTimeout);
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(resolver)
            .setTlsSocketStrategy(DefaultClientTlsStrategy.createDefault())
            .setMaxConnTotal(CONNECTIONS)
            .setMaxConnPerRoute(CONNECTIONS)
            .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(connect).build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(connect)
                    .setSocketTimeout(LONGEST)
                    .build())
            .build();
    this.client =
        HttpClients.custom()
            .setConnectionManager(connections)
            .setRoutePlanner(new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE))
            .setConnectionReuseStrategy((_, _, _) -> false)
            .setRequestExecutor(new Marking())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setResponseTimeout(LONGEST)
                    .setConnectionKeepAlive(TimeValue.ZERO_MILLISECONDS)
                    .setProtocolUpgradeEnabled(false)
                    .build())
            .setUserAgent("syris")
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .build();
  }

  /** Remembers the moment from which bytes of a request may be on their way. */
  private static final class Marking extends HttpRequestExecutor {
    @Override
    public ClassicHttpResponse execute(
        ClassicHttpRequest request,
        HttpClientConnection connection,
        HttpResponseInformationCallback informed,
        HttpContext context)
        throws IOException, HttpException {
      if (context.getAttribute(SENT) instanceof AtomicBoolean sent) {
        sent.set(true);
      }
      return super.execute(request, connection, informed, context);
    }
  }

  /**
   * @throws InterruptedException where the caller was interrupted; the exchange is broken off
   */
  Exchange send(Outgoing outgoing, String traceparent) throws InterruptedException {
    HttpUriRequestBase request = request(outgoing);
    request.setHeader("Idempotency-Key", outgoing.idempotencyKey());
    request.setHeader("traceparent", traceparent);
    var task = new FutureTask<>(() -> exchange(request, target(outgoing)));
    Thread.ofVirtual().name("http-exchange").start(task);
    try {
      return task.get();
    } catch (InterruptedException e) {
      request.cancel();
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the exchange ended in a fault", e);
    }
  }

  private static HttpHost target(Outgoing outgoing) {
    String host = outgoing.url().getHost();
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new HttpHost(outgoing.url().getScheme(), bare, HttpArgs.port(outgoing.url()));
  }

  private static HttpUriRequestBase request(Outgoing outgoing) {
    var request = new HttpUriRequestBase(outgoing.method(), outgoing.url());
    outgoing.headers().forEach(request::setHeader);
    byte[] body = outgoing.body();
    if (body != null) {
      request.setEntity(new ByteArrayEntity(body, contentType(outgoing)));
    }
    return request;
  }

  private static ContentType contentType(Outgoing outgoing) {
    return ContentType.parseLenient(
        outgoing.contentType() == null ? "application/octet-stream" : outgoing.contentType());
  }

  private Exchange exchange(HttpUriRequestBase request, HttpHost target) {
    var sent = new AtomicBoolean();
    HttpClientContext context = HttpClientContext.create();
    context.setAttribute(SENT, sent);
    try {
      return answered(request, client.executeOpen(target, request, context));
    } catch (PinnedResolver.NotAllowedException e) {
      return new Exchange.NotSent(e.code(), String.valueOf(e.getMessage()), true);
    } catch (UnknownHostException e) {
      return new Exchange.NotSent(
          "http.unknown_host", "%s is not known".formatted(target.getHostName()), false);
    } catch (IOException e) {
      return sent.get()
          ? new Exchange.NoAnswer(
              "the connection to %s ended without an answer (%s)"
                  .formatted(target.toHostString(), e.getClass().getSimpleName()))
          : new Exchange.NotSent(
              "http.not_connected",
              "%s could not be reached (%s), nothing was sent"
                  .formatted(target.toHostString(), e.getClass().getSimpleName()),
              false);
    }
  }

  private Exchange.Answered answered(HttpUriRequestBase request, ClassicHttpResponse response) {
    try {
      return answered(response);
    } finally {
      request.cancel(); // closing alone would read the rest of the body, however long
      Closer.closeQuietly(response);
    }
  }

  private Exchange.Answered answered(ClassicHttpResponse response) {
    var headers = new HashMap<String, String>();
    for (String name : Exchange.KEPT_HEADERS) {
      Header header = response.getFirstHeader(name);
      if (header != null && header.getValue() != null) {
        headers.put(name, header.getValue());
      }
    }
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new Exchange.Answered(response.getCode(), headers, new byte[0], End.COMPLETE);
    }
    var body = new ReadBody(maxResponse);
    End end = body.readFrom(entity);
    return new Exchange.Answered(response.getCode(), headers, body.bytes(), end);
  }

  /** The beginning of a body, up to a limit; what was read stays when the rest does not come. */
  private static final class ReadBody {
    private final byte[] buffer;
    private int length;

    ReadBody(int limit) {
      this.buffer = new byte[limit + 1];
    }

    End readFrom(HttpEntity entity) {
      try {
        InputStream content = entity.getContent();
        while (content != null && length < buffer.length) {
          int read = content.read(buffer, length, buffer.length - length);
          if (read < 0) {
            return End.COMPLETE;
          }
          length += read;
        }
        return length < buffer.length ? End.COMPLETE : End.CUT;
      } catch (IOException e) {
        return End.BROKEN;
      }
    }

    byte[] bytes() {
      return Arrays.copyOf(buffer, Math.min(length, buffer.length - 1));
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
