package dev.syris.platform.problem;

import org.springframework.http.HttpStatus;

/** A kind of problem a service may answer with; each service has one enum of them. */
public interface ProblemType {

  /** Stable name, in kebab-case, of which the {@code type} is made. */
  String slug();

  HttpStatus status();

  /** The same for every occurrence. */
  String title();

  /** The stable identifier of the kind. */
  default String uri() {
    return "urn:syris:problem:" + slug();
  }

  /** The stable dotted code; the slug, unless an occurrence says more. */
  default String code() {
    return slug().replace('-', '_');
  }
}
