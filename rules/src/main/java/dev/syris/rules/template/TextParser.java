package dev.syris.rules.template;

import dev.syris.rules.path.FieldPath;
import dev.syris.rules.path.Reference;
import dev.syris.rules.problem.Parsed;
import dev.syris.rules.problem.Parsed.Bad;
import dev.syris.rules.problem.Parsed.Good;
import dev.syris.rules.template.Part.Piece;
import java.util.ArrayList;
import java.util.List;

/** Takes one string of a template apart. */
final class TextParser {

  private final String text;
  private final String pointer;
  private final List<Piece> pieces = new ArrayList<>();
  private final StringBuilder plain = new StringBuilder();

  TextParser(String text, String pointer) {
    this.text = text;
    this.pointer = pointer;
  }

  Parsed<List<Piece>> parse() {
    int at = 0;
    while (at < text.length()) {
      int dollars = dollarsFrom(at);
      int brace = at + dollars;
      if (dollars == 0) {
        plain.append(text.charAt(at));
        at++;
      } else if (brace == text.length() || text.charAt(brace) != '{') {
        plain.repeat('$', dollars);
        at = brace;
      } else if (dollars % 2 == 0) {
        plain.repeat('$', dollars / 2).append('{');
        at = brace + 1;
      } else {
        plain.repeat('$', dollars / 2);
        int end = text.indexOf('}', brace);
        if (path(brace + 1, end) instanceof Bad<FieldPath>(String message)) {
          return new Bad<>(message);
        }
        at = end + 1;
      }
    }
    endPlain();
    return new Good<>(pieces);
  }

  private int dollarsFrom(int start) {
    int at = start;
    while (at < text.length() && text.charAt(at) == '$') {
      at++;
    }
    return at - start;
  }

  /** Adds the reference, unless it is malformed. */
  private Parsed<FieldPath> path(int start, int end) {
    if (end < 0) {
      return new Bad<>(
          "has a ${ that is not closed; write ${path}, or $${ where the text itself is meant");
    }
    if (end == start) {
      return new Bad<>("has a ${} that names nothing; write ${path} or $${}");
    }
    Parsed<FieldPath> parsed = FieldPath.parse(text.substring(start, end));
    return switch (parsed) {
      case Good<FieldPath>(FieldPath path) -> {
        insert(path);
        yield parsed;
      }
      case Bad<FieldPath>(String message) -> new Bad<>("has a reference whose path " + message);
    };
  }

  private void insert(FieldPath path) {
    endPlain();
    pieces.add(new Piece.Inserted(new Reference(path, pointer)));
  }

  private void endPlain() {
    if (!plain.isEmpty()) {
      pieces.add(new Piece.Plain(plain.toString()));
      plain.setLength(0);
    }
  }
}
