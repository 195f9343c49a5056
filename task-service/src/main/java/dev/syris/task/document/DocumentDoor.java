package dev.syris.task.document;

import dev.syris.platform.problem.CommonProblem;
import dev.syris.platform.problem.ProblemException;
import dev.syris.platform.problem.ProblemException.FieldError;
import dev.syris.task.web.Bodies;
import dev.syris.task.web.Who;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the addresses of every kind of documents do; only an administrator changes one. */
public final class DocumentDoor {

  private static final String ADMIN = "admin";
  private static final byte[] NOTHING = {};

  private final Documents documents;

  public DocumentDoor(Documents documents) {
    this.documents = documents;
  }

  public ResponseEntity<byte[]> post(HttpServletRequest request, byte @Nullable [] body) {
    var by = Who.actor(Who.with(ADMIN, request));
    ObjectNode given = object(body);
    if (documents.kind().minted()) {
      return answer(documents.create(given, by));
    }
    JsonNode name = given.get("name");
    if (name == null || !name.isString()) {
      throw new ProblemException(
              CommonProblem.INVALID,
              documents.kind().resource() + ".name",
              "a %s needs a name".formatted(documents.kind().noun()))
          .errors(List.of(new FieldError("/name", "required", "is required")));
    }
    return answer(documents.create(name.asString(), given, by));
  }

  public ResponseEntity<byte[]> put(
      HttpServletRequest request, String key, @Nullable String ifMatch, byte @Nullable [] body) {
    var by = Who.actor(Who.with(ADMIN, request));
    String ifNoneMatch = request.getHeader(HttpHeaders.IF_NONE_MATCH);
    return answer(documents.put(key, object(body), by, new Precondition(ifMatch, ifNoneMatch)));
  }

  public ResponseEntity<byte[]> patch(
      HttpServletRequest request, String key, @Nullable String ifMatch, byte @Nullable [] body) {
    var by = Who.actor(Who.with(ADMIN, request));
    return answer(documents.patch(key, object(body), by, ifMatch));
  }

  public ResponseEntity<Void> delete(
      HttpServletRequest request, String key, @Nullable String ifMatch) {
    documents.delete(key, Who.actor(Who.with(ADMIN, request)), ifMatch);
    return ResponseEntity.noContent().build();
  }

  private ObjectNode object(byte @Nullable [] body) {
    ObjectNode given = Bodies.object(body == null ? NOTHING : body);
    List<FieldError> errors = Numbers.tooLong(given);
    if (!errors.isEmpty()) {
      throw new ProblemException(
              CommonProblem.INVALID,
              documents.kind().resource() + ".number",
              "numbers have at most %d digits when they are written out"
                  .formatted(Numbers.MAX_DIGITS))
          .errors(errors);
    }
    return given;
  }

  private ResponseEntity<byte[]> answer(Documents.Shown shown) {
    var answer =
        shown.created()
            ? ResponseEntity.created(URI.create(documents.kind().path() + "/" + shown.key()))
            : ResponseEntity.ok();
    return answer
        .header(HttpHeaders.ETAG, shown.etag())
        .contentType(MediaType.APPLICATION_JSON)
        .body(shown.body().getBytes(StandardCharsets.UTF_8));
  }
}
