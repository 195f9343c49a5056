package dev.syris.contracts.event;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import dev.syris.contracts.id.TraceId;
import dev.syris.contracts.json.InstantCodec;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of one raw event while they are read, and what is wrong with them. A field that is
 * null counts as absent. For one document and one thread.
 */
final class RawEventFields {

  private static final int CONNECTOR_LENGTH = 128;
  private static final int ID_LENGTH = 512;

  /** W3C Trace Context: a trace id of zeroes only is invalid. */
  private static final String NIL = "00000000-0000-0000-0000-000000000000";

  private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());
  private static final Map<String, Channel> CHANNELS = byName(Channel.values(), Channel::wire);
  private static final Map<String, ActorType> ACTOR_TYPES =
      byName(ActorType.values(), ActorType::wire);
  private static final Map<String, Sensitivity> SENSITIVITIES =
      byName(Sensitivity.values(), Sensitivity::wire);
  private static final String PUBLIC_CHANNELS =
      CHANNELS.values().stream()
          .filter(channel -> !channel.reserved())
          .map(Channel::wire)
          .collect(joining(", "));
  private static final Pattern LANGUAGE_TAG =
      Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,8}");
  private static final ObjectReader TREE =
      Json.strict().reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final JsonParser parser;
  private final List<RawEventProblem> problems = new ArrayList<>();

  private @Nullable Channel channel;
  private @Nullable String connectorId;
  private @Nullable String messageId;
  private @Nullable String threadId;
  private @Nullable Instant occurredAt;
  private @Nullable Actor actor;
  private @Nullable String text;
  private @Nullable ObjectNode structured;
  private @Nullable Locality context;
  private @Nullable Sensitivity sensitivity;
  private @Nullable TraceId traceId;

  /** A reader that stands on the token before the first name. */
  RawEventFields(JsonParser parser) {
    this.parser = parser;
  }

  List<RawEventProblem> problems() {
    return problems;
  }

  /** The event; null where there are problems. */
  @Nullable RawEvent event() {
    if (channel == null || connectorId == null || !problems.isEmpty()) {
      return null;
    }
    return new RawEvent(
        channel,
        connectorId,
        messageId,
        threadId,
        occurredAt,
        actor,
        text,
        structured,
        context,
        sensitivity,
        traceId);
  }

  /** Reads up to the object's end. */
  void readAll(boolean reservedAllowed) {
    boolean channelGiven = false;
    boolean connectorGiven = false;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      boolean given = parser.nextToken() != JsonToken.VALUE_NULL;
      if (!given) {
        continue;
      }
      switch (name) {
        case "channel" -> {
          channelGiven = true;
          channel = channel("/channel", reservedAllowed);
        }
        case "connector_id" -> {
          connectorGiven = true;
          connectorId = id("/connector_id", CONNECTOR_LENGTH);
        }
        case "message_id" -> messageId = id("/message_id", ID_LENGTH);
        case "thread_id" -> threadId = id("/thread_id", ID_LENGTH);
        case "occurred_at" -> occurredAt = instant("/occurred_at");
        case "actor" -> actor = actor();
        case "text" -> text = string("/text");
        case "structured" -> structured = object("/structured");
        case "context" -> context = context();
        case "sensitivity" -> sensitivity = choice("/sensitivity", SENSITIVITIES);
        case "trace_id" -> traceId = traceId("/trace_id");
        default -> parser.skipChildren();
      }
    }
    require(channelGiven, "/channel");
    require(connectorGiven, "/connector_id");
  }

  /** Notes that the value here is of another type than wanted, and steps over it. */
  void wrongType(String pointer, String wanted) {
    add("field.type", pointer, "is " + found() + "; it must be " + wanted);
    parser.skipChildren();
  }

  private @Nullable Channel channel(String pointer, boolean reservedAllowed) {
    String value = string(pointer);
    Channel read = value == null ? null : CHANNELS.get(value);
    if (value != null && read == null) {
      add("field.value", pointer, quote(value) + " is none of " + PUBLIC_CHANNELS);
    } else if (read != null && read.reserved() && !reservedAllowed) {
      add(
          "field.reserved",
          pointer,
          quote(read.wire()) + " is reserved for events SYRIS makes itself");
    }
    return read;
  }

  private @Nullable Actor actor() {
    if (!parser.isExpectedStartObjectToken()) {
      wrongType("/actor", "an object with type and id");
      return null;
    }
    ActorType type = null;
    String id = null;
    boolean typeGiven = false;
    boolean idGiven = false;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      if (parser.nextToken() == JsonToken.VALUE_NULL) {
        continue;
      }
      switch (name) {
        case "type" -> {
          typeGiven = true;
          type = choice("/actor/type", ACTOR_TYPES);
        }
        case "id" -> {
          idGiven = true;
          id = id("/actor/id", ID_LENGTH);
        }
        default -> parser.skipChildren();
      }
    }
    require(typeGiven, "/actor/type");
    require(idGiven, "/actor/id");
    return type == null || id == null ? null : new Actor(type, id);
  }

  private @Nullable Locality context() {
    if (!parser.isExpectedStartObjectToken()) {
      wrongType("/context", "an object");
      return null;
    }
    String timezone = null;
    String locale = null;
    String deviceId = null;
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      if (parser.nextToken() == JsonToken.VALUE_NULL) {
        continue;
      }
      switch (name) {
        case "timezone" -> timezone = timezone("/context/timezone");
        case "locale" -> locale = locale("/context/locale");
        case "device_id" -> deviceId = id("/context/device_id", ID_LENGTH);
        default -> parser.skipChildren();
      }
    }
    return new Locality(timezone, locale, deviceId);
  }

  private @Nullable ObjectNode object(String pointer) {
    if (!parser.isExpectedStartObjectToken()) {
      wrongType(pointer, "an object");
      return null;
    }
    return (ObjectNode) TREE.readTree(parser);
  }

  private @Nullable String timezone(String pointer) {
    String value = string(pointer);
    if (value != null && !ZONES.contains(value)) {
      add("field.value", pointer, quote(value) + " is not an IANA time zone such as Europe/Berlin");
    }
    return value;
  }

  private @Nullable String locale(String pointer) {
    String value = string(pointer);
    if (value != null && !LANGUAGE_TAG.matcher(value).matches()) {
      add("field.value", pointer, quote(value) + " is not a BCP 47 language tag such as en-GB");
    }
    return value;
  }

  private @Nullable Instant instant(String pointer) {
    String value = string(pointer);
    try {
      return value == null ? null : InstantCodec.parse(value);
    } catch (DateTimeException e) {
      add(
          "field.value",
          pointer,
          quote(value)
              + " is not an RFC 3339 time between the years 0001 and 9999 such as 2026-01-31T08:00:00.000Z");
      return null;
    }
  }

  private @Nullable TraceId traceId(String pointer) {
    String value = string(pointer);
    if (NIL.equals(value)) {
      add(
          "field.value",
          pointer,
          "is the nil UUID, which names no trace; leave it out or give another");
      return null;
    }
    try {
      return value == null ? null : TraceId.parse(value);
    } catch (IllegalArgumentException e) {
      add("field.value", pointer, quote(value) + " is not a UUID (8-4-4-4-12 hexadecimal digits)");
      return null;
    }
  }

  private @Nullable String id(String pointer, int maxLength) {
    String value = string(pointer);
    if (value == null) {
      return null;
    }
    if (value.isBlank()) {
      add("field.length", pointer, "is blank; leave it out or give it a value");
    } else if (value.length() > maxLength) {
      add(
          "field.length",
          pointer,
          "has %d characters; at most %d are taken".formatted(value.length(), maxLength));
    }
    return value;
  }

  private <E> @Nullable E choice(String pointer, Map<String, E> byName) {
    String value = string(pointer);
    if (value == null) {
      return null;
    }
    E read = byName.get(value);
    if (read == null) {
      add(
          "field.value",
          pointer,
          quote(value) + " is none of " + String.join(", ", byName.keySet()));
    }
    return read;
  }

  private @Nullable String string(String pointer) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getString();
    }
    wrongType(pointer, "a string");
    return null;
  }

  private void require(boolean given, String pointer) {
    if (!given) {
      add("field.required", pointer, "is required");
    }
  }

  private void add(String code, String pointer, String message) {
    if (problems.size() < RawEventReader.MAX_PROBLEMS) {
      problems.add(new RawEventProblem(code, pointer, message));
    }
  }

  private String found() {
    return switch (parser.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case null, default -> "null";
    };
  }

  private static <E> Map<String, E> byName(E[] values, Function<E, String> name) {
    return Stream.of(values)
        .collect(toMap(name, value -> value, (one, _) -> one, LinkedHashMap::new));
  }

  private static String quote(String value) {
    return '"' + StorableText.shown(value, 64) + '"';
  }
}
