package dev.syris.gateway.query;

import dev.syris.contracts.id.Uuids;
import dev.syris.contracts.json.Json;
import dev.syris.contracts.json.StorableText;
import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Answers lists and single items. An item's JSON goes out as the database has it. */
public final class Lists {

  private final JdbcClient jdbc;

  public Lists(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Row(List<String> keys, String item) {}

  /** One page: {@code {"items": […], "next_cursor": …}}. */
  public ResponseEntity<byte[]> page(Collection collection, HttpServletRequest request) {
    ListRequest asked = read(collection, parameters(request));
    ListSql sql = ListSql.page(collection, asked);
    List<Row> rows =
        jdbc.sql(sql.text())
            .params(sql.parameters())
            .query((row, number) -> row(collection, row))
            .list();
    boolean more = rows.size() > asked.limit();
    List<Row> page = more ? rows.subList(0, asked.limit()) : rows;
    String next = more ? Cursor.write(collection, asked.filters(), page.getLast().keys()) : null;
    return json(written(page, next));
  }

  /** The item an id names, or 404. */
  public ResponseEntity<byte[]> one(Collection collection, String id) {
    return json(item(collection, id));
  }

  /** The same of what may be changed, with its version as the entity tag that If-Match takes. */
  ResponseEntity<byte[]> versioned(Collection collection, String id) {
    String item = item(collection, id);
    String version = Json.mapper().readTree(item).path("version").asString("");
    return json(ResponseEntity.ok().eTag('"' + version + '"'), item);
  }

  private String item(Collection collection, String id) {
    return key(collection, id)
        .flatMap(
            key ->
                jdbc.sql(ListSql.one(collection)).param("id", key).query(String.class).optional())
        .orElseThrow(() -> notFound(collection, id));
  }

  /** What there is only one of: the body of a view that always has one row. */
  ResponseEntity<byte[]> only(String source) {
    return json(jdbc.sql("select body from " + source).query(String.class).single());
  }

  /** The conditions of a list, for those who read it another way. */
  static ListRequest read(Collection collection, Map<String, String[]> parameters) {
    return switch (ListRequest.read(collection, parameters)) {
      case ListRequest.Reading.Valid(ListRequest request) -> request;
      case ListRequest.Reading.Refused(String parameter, String reason) ->
          throw new ProblemException(
                  CommonProblem.BAD_PARAMETER,
                  "parameter.refused",
                  "the parameter \"" + parameter + "\" " + reason)
              .with("parameter", parameter);
    };
  }

  static Map<String, String[]> parameters(HttpServletRequest request) {
    try {
      return request.getParameterMap();
    } catch (IllegalStateException e) {
      throw new ProblemException(
          CommonProblem.MALFORMED, "query.malformed", "the query cannot be decoded");
    }
  }

  private static Row row(Collection collection, ResultSet row) throws SQLException {
    var keys = new ArrayList<String>();
    for (SortKey key : collection.order()) {
      keys.add(key.read(row));
    }
    return new Row(keys, Objects.requireNonNull(row.getString("item")));
  }

  private static Optional<Object> key(Collection collection, String id) {
    if (!collection.idIsUuid()) {
      return StorableText.fault(id) == null ? Optional.of(id) : Optional.empty();
    }
    try {
      return Optional.of(Uuids.parse(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static ProblemException notFound(Collection collection, String id) {
    String code = collection.singular().replace(' ', '_') + ".not_found";
    return new ProblemException(
        CommonProblem.NOT_FOUND,
        code,
        "there is no " + collection.singular() + " " + StorableText.shown(id, 64));
  }

  private static String written(List<Row> page, @Nullable String next) {
    var text = new StringBuilder("{\"items\":[");
    for (int i = 0; i < page.size(); i++) {
      text.append(i == 0 ? "" : ",").append(page.get(i).item());
    }
    return text.append("],\"next_cursor\":")
        .append(Json.mapper().writeValueAsString(next))
        .append('}')
        .toString();
  }

  private static ResponseEntity<byte[]> json(String text) {
    return json(ResponseEntity.ok(), text);
  }

  private static ResponseEntity<byte[]> json(ResponseEntity.BodyBuilder answer, String text) {
    return answer
        .contentType(MediaType.APPLICATION_JSON)
        .body(text.getBytes(StandardCharsets.UTF_8));
  }
}
