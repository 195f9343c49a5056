package dev.syris.task.http;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where the http tool may go, and how far.
 *
 * @param allowedHosts each a host, host:port, *.domain, address or network (192.168.1.0/24); a
 *     private address needs its host's full name, its address or its network here
 * @param maxRequest bytes of a request's body at most
 * @param maxResponse bytes of a response's body that are kept; the rest is cut
 * @param connectTimeout for reaching a host
 * @param timeout for a whole call, where its step sets no other
 */
@ConfigurationProperties("syris.tools.http")
public record HttpToolSettings(
    @DefaultValue("127.0.0.1") List<String> allowedHosts,
    @DefaultValue("1MB") DataSize maxRequest,
    @DefaultValue("256KB") DataSize maxResponse,
    @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("30s") Duration timeout) {

  /** An output is kept in a row and goes round as a record: more than this would not fit. */
  private static final DataSize MOST = DataSize.ofMegabytes(1);

  public HttpToolSettings {
    allowedHosts = List.copyOf(allowedHosts);
    if (maxResponse.compareTo(MOST) > 0 || maxResponse.isNegative()) {
      throw new IllegalArgumentException(
          "syris.tools.http.max-response is %s; it must be from 0 to %s"
              .formatted(maxResponse, MOST));
    }
    if (timeout.toMillis() < 1 || connectTimeout.toMillis() < 1) {
      throw new IllegalArgumentException(
          "syris.tools.http.timeout and connect-timeout must be at least 1ms");
    }
  }
}
