package dev.syris.standalone.up;

import dev.syris.embedded.FreePorts;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;

/**
 * What the operator may say about this process; the flag wins over the environment, the environment
 * over the file.
 *
 * @param bind address of the gateway
 * @param port of the gateway
 * @param kafkaPort of the broker's listener for producers; a free one, remembered, where not given
 * @param timezone the default zone of schedules and quiet hours
 */
public record UpSettings(String bind, int port, @Nullable Integer kafkaPort, ZoneId timezone) {

  public static final int DEFAULT_PORT = 7171;

  /**
   * Reads the operator's file, the environment and the flags.
   *
   * @throws IllegalArgumentException naming the key and the value that can't be used
   */
  public static UpSettings read(
      Path settingsFile, @Nullable Integer portFlag, @Nullable Integer kafkaPortFlag) {
    var environment = new StandardEnvironment();
    var names = new HashMap<String, Object>();
    names.put("spring.config.name", "syris-standalone");
    names.put(
        "spring.config.additional-location", "optional:file:" + settingsFile.toAbsolutePath());
    environment.getPropertySources().addFirst(new MapPropertySource("standalone", names));
    ConfigDataEnvironmentPostProcessor.applyTo(environment, new DefaultResourceLoader(), null);
    String zone = environment.getProperty("syris.timezone", ZoneId.systemDefault().getId());
    return new UpSettings(
        address(environment.getProperty("syris.http.bind", "127.0.0.1")),
        gatewayPort(portFlag, environment.getProperty("syris.http.port", "" + DEFAULT_PORT)),
        kafkaPort(kafkaPortFlag, environment.getProperty("syris.kafka.port")),
        zone(zone));
  }

  /** Port 0 asks for any free one, as everywhere. */
  private static int gatewayPort(@Nullable Integer flag, String written) {
    if (flag == null) {
      return port("syris.http.port", written);
    }
    return flag == 0 ? FreePorts.find(1).getFirst() : port("--port", flag.toString());
  }

  private static @Nullable Integer kafkaPort(@Nullable Integer flag, @Nullable String written) {
    if (flag != null) {
      return port("--kafka-port", flag.toString());
    }
    return written == null ? null : port("syris.kafka.port", written);
  }

  private static int port(String key, String written) {
    try {
      int port = Integer.parseInt(written.strip());
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // told below, with the value
    }
    throw new IllegalArgumentException(
        key + " is \"" + written + "\"; write a port from 1 to 65535");
  }

  private static String address(String written) {
    try {
      return InetAddress.getByName(written).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "syris.http.bind is \"" + written + "\", which is no address here", e);
    }
  }

  private static ZoneId zone(String written) {
    try {
      return ZoneId.of(written);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "syris.timezone is \"" + written + "\"; write an IANA zone such as Europe/Berlin", e);
    }
  }

  /** The address a person on this machine types. */
  public String url() {
    String host = bind.equals("0.0.0.0") || bind.equals("0:0:0:0:0:0:0:0") ? "127.0.0.1" : bind;
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  Map<String, Object> common() {
    return Map.of("syris.timezone", timezone.getId());
  }
}
