package dev.syris.task.decide;

import java.util.Locale;
import org.springframework.web.util.HtmlUtils;

/** Makes text fit to stand in a page, so that what is shown is what it says. Pure. */
final class Html {

  private Html() {}

  /** The text as it reads; characters that are not seen, or turn others round, are spelled out. */
  static String text(String text) {
    var shown = new StringBuilder(text.length());
    text.codePoints().forEach(c -> shown.append(isHidden(c) ? spelled(c) : Character.toString(c)));
    return HtmlUtils.htmlEscape(shown.toString());
  }

  private static boolean isHidden(int c) {
    int type = Character.getType(c);
    boolean control = type == Character.CONTROL && c != '\n' && c != '\t';
    return control
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.PRIVATE_USE
        || type == Character.UNASSIGNED;
  }

  private static String spelled(int c) {
    return "\\u" + String.format(Locale.ROOT, "%04x", c);
  }
}
