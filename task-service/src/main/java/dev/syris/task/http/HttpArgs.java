package dev.syris.task.http;

import dev.syris.contracts.json.Json;
import dev.syris.contracts.routing.RiskLevel;
import dev.syris.contracts.tool.ErrorDetail;
import dev.syris.platform.secret.SecretReferences;
import dev.syris.task.tool.ActionDefinition.Effect;
import dev.syris.task.tool.ActionDefinition.Traits;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes of arguments the request they mean, first described, then, with secrets put in, to be sent.
 * Pure; messages never repeat a value.
 */
final class HttpArgs {

  private static final String KEY = "Idempotency-Key";

  private static final Set<String> READ_ONLY = Set.of("GET", "HEAD");
  private static final int LAST_PORT = 65_535;
  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final int MAX_URL = 8_192;
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");
  private static final Pattern VISIBLE = Pattern.compile("[\\t\\x20-\\x7e]{0,8192}");

  /**
   * The tool's own, and those of the connection: a caller who sets them would break the framing.
   */
  private static final Set<String> RESERVED =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "proxy-authorization",
          "proxy-authenticate",
          "proxy-connection",
          "te",
          "trailer",
          "upgrade",
          "expect",
          "accept-encoding",
          "idempotency-key",
          "traceparent",
          "tracestate");

  private HttpArgs() {}

  /** What reading comes to. */
  sealed interface Reading {
    record Ready(Outgoing request) implements Reading {}

    record Refused(ErrorDetail error) implements Reading {}
  }

  static boolean readOnly(String method) {
    return READ_ONLY.contains(method);
  }

  static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return url.getScheme().equalsIgnoreCase("https") ? HTTPS : HTTP;
  }

  /** Risk and effect, of arguments that may not have been checked. */
  static Traits traits(ObjectNode args) {
    if (readOnly(args.path("method").asString(""))) {
      return new Traits(RiskLevel.LOW, Effect.READ_ONLY);
    }
    boolean honoursKey = args.path("idempotent").isBoolean() && args.path("idempotent").asBoolean();
    return new Traits(RiskLevel.MEDIUM, honoursKey ? Effect.IDEMPOTENT : Effect.ONCE);
  }

  /**
   * The request as it will be sent, with references where secrets will be: {@code method, url,
   * query?, headers, body?}. The query is part of the url, unless one of the two holds a secret.
   * What the connection adds (Host, Content-Length, User-Agent, traceparent) is not in it.
   */
  static ObjectNode describe(ObjectNode args, String idempotencyKey) {
    ObjectNode request = Json.object();
    request.set("method", args.path("method"));
    describeUrl(args.path("url"), args.path("query"), request);
    ObjectNode headers = request.putObject("headers");
    boolean typed = false;
    for (Map.Entry<String, JsonNode> header : args.path("headers").properties()) {
      headers.set(header.getKey(), header.getValue());
      typed = typed || header.getKey().equalsIgnoreCase("Content-Type");
    }
    JsonNode body = args.path("body");
    if (!body.isMissingNode() && !body.isNull()) {
      if (!typed) {
        headers.put("Content-Type", contentType(body));
      }
      request.set("body", body);
    }
    headers.put(KEY, idempotencyKey);
    return request;
  }

  private static void describeUrl(JsonNode url, JsonNode query, ObjectNode request) {
    boolean plain =
        url.isString()
            && query.properties().stream()
                .noneMatch(parameter -> SecretReferences.isReference(parameter.getValue()));
    if (plain) {
      request.put("url", whole(url.asString(), query));
      return;
    }
    request.set("url", url);
    if (!query.isEmpty()) {
      request.set("query", query);
    }
  }

  /**
   * Makes a described request ready.
   *
   * @param args as they were written
   * @param described what {@link #describe} made of them
   * @param resolved the same with every secret put in
   */
  static Reading read(ObjectNode args, ObjectNode described, JsonNode resolved, long maxBody) {
    String method = resolved.path("method").asString("");
    try {
      URI url = url(resolved);
      checkNames(args.path("headers"));
      Map<String, String> headers = headers(resolved.path("headers"));
      String key = headers.remove(KEY.toLowerCase(Locale.ROOT));
      return new Reading.Ready(
          new Outgoing(
              method,
              url,
              headers,
              body(resolved, method, maxBody),
              headers.remove("content-type"),
              !described.path("body").equals(resolved.path("body")),
              key == null ? "" : key));
    } catch (Fault e) {
      return new Reading.Refused(ErrorDetail.permanent(e.code, e.text));
    }
  }

  /** Why arguments can't be used. */
  private static final class Fault extends Exception {
    private final String code;
    private final String text;

    Fault(String code, String text) {
      super(text, null, false, false);
      this.code = code;
      this.text = text;
    }
  }

  private static URI url(JsonNode args) throws Fault {
    JsonNode written = args.path("url");
    if (!written.isString() || written.asString().length() > MAX_URL) {
      throw new Fault(
          "http.url_invalid", "url must be a text of at most " + MAX_URL + " characters");
    }
    return checked(parse(written.asString(), args.path("query")));
  }

  private static URI parse(String text, JsonNode query) throws Fault {
    try {
      return new URI(whole(text, query));
    } catch (URISyntaxException e) { // its message holds the whole address, which may hold a secret
      throw new Fault(
          "http.url_invalid",
          "url is no address (%s, at character %d); write special characters as %%XX"
              .formatted(e.getReason(), e.getIndex()));
    }
  }

  /** An address with its query, without its fragment. */
  private static String whole(String text, JsonNode query) {
    int fragment = text.indexOf('#');
    String address = fragment < 0 ? text : text.substring(0, fragment);
    var parameters = new ArrayList<String>();
    for (Map.Entry<String, JsonNode> parameter : query.properties()) {
      parameters.add(
          encoded(parameter.getKey()) + "=" + encoded(parameter.getValue().asString("")));
    }
    if (parameters.isEmpty()) {
      return address;
    }
    String joint = address.contains("?") ? "&" : "?";
    return address + joint + String.join("&", parameters);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * An address may be followed.
   *
   * @throws Fault where it is none of http or https, or holds credentials
   */
  private static URI checked(URI url) throws Fault {
    String problem = urlFault(url);
    if (problem != null) {
      throw new Fault("http.url_invalid", problem);
    }
    return url;
  }

  /** What keeps an address from being used; null where nothing does. */
  static @Nullable String urlFault(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return "url must begin with http:// or https://";
    }
    if (url.getRawUserInfo() != null) {
      return "url holds credentials; put them into a header, as a secret";
    }
    if (url.getHost() == null || url.getHost().isEmpty()) {
      return "url has no host, or one with characters a host's name can't have";
    }
    int port = port(url);
    return port < 1 || port > LAST_PORT ? "url has a port outside of 1 to 65535" : null;
  }

  /** What a caller may name; {@link #describe} has added the tool's own since. */
  private static void checkNames(JsonNode written) throws Fault {
    for (String header : written.propertyNames()) {
      String name = header.toLowerCase(Locale.ROOT);
      if (!TOKEN.matcher(name).matches()) {
        throw new Fault("http.header_refused", "a header's name has characters it can't have");
      }
      if (RESERVED.contains(name)) {
        throw new Fault(
            "http.header_refused", "the header " + name + " is set by the tool, never by a caller");
      }
    }
  }

  private static Map<String, String> headers(JsonNode written) throws Fault {
    var headers = new HashMap<String, String>();
    for (Map.Entry<String, JsonNode> header : written.properties()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      JsonNode value = header.getValue();
      boolean plain = value.isString() || value.isNumber() || value.isBoolean();
      if (!plain || !VISIBLE.matcher(value.asString()).matches()) {
        throw new Fault(
            "http.header_refused",
            "the header %s must be one line of visible ASCII of at most 8192 characters"
                .formatted(name));
      }
      if (headers.put(name, value.asString()) != null) {
        throw new Fault("http.header_refused", "the header " + name + " is there twice");
      }
    }
    return headers;
  }

  private static byte @Nullable [] body(JsonNode args, String method, long max) throws Fault {
    JsonNode written = args.path("body");
    if (written.isMissingNode() || written.isNull()) {
      return null;
    }
    if (readOnly(method)) {
      throw new Fault("http.body_refused", "a " + method + " request has no body");
    }
    byte[] body =
        written.isString()
            ? written.asString().getBytes(StandardCharsets.UTF_8)
            : Json.bytes(written);
    if (body.length > max) {
      throw new Fault(
          "http.body_too_large",
          "the body has %d bytes; syris.tools.http.max-request is %d".formatted(body.length, max));
    }
    return body;
  }

  /** Of a body that says none; a secret is text. */
  private static String contentType(JsonNode body) {
    return body.isString() || SecretReferences.isReference(body)
        ? "text/plain; charset=utf-8"
        : "application/json";
  }
}
