package dev.syris.task.leak;

import dev.syris.platform.secret.SecretName;
import dev.syris.platform.secret.SecretValue;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Finds secrets in clear, as they are and in the forms they are most often written in, and puts
 * their names in their places. One pass, whatever the number of secrets; nothing is allocated where
 * nothing is found. Immutable; never shows what it looks for.
 */
final class LeakSearch {

  /** Looks for nothing. */
  static final LeakSearch NOTHING = new LeakSearch(List.of());

  private final int count;
  private final boolean numbers;
  private final FormIndex inText;
  private final FormIndex inBytes;

  private LeakSearch(List<Form> forms) {
    this.count = forms.size();
    this.numbers = forms.stream().anyMatch(form -> form.text().matches("-?[0-9][0-9.eE+-]*"));
    this.inText = new FormIndex(forms, form -> FormIndex.window(form.text(), 0));
    this.inBytes = new FormIndex(forms, form -> FormIndex.window(form.bytes(), 0));
  }

  static LeakSearch of(Map<SecretName, SecretValue> secrets) {
    List<Form> forms =
        secrets.entrySet().stream()
            .flatMap(secret -> Form.of(secret.getKey(), secret.getValue()))
            .toList();
    return forms.isEmpty() ? NOTHING : new LeakSearch(forms);
  }

  /** The secrets that occur in bytes of UTF-8. */
  Set<SecretName> in(byte[] bytes) {
    if (count == 0 || bytes.length < Form.SHORTEST) {
      return Set.of();
    }
    Set<SecretName> found = null;
    long window = FormIndex.window(bytes, 0);
    for (int end = Form.SHORTEST; ; end++) {
      if (inBytes.mayHold(window)) {
        found = add(found, bytes, end - Form.SHORTEST, window);
      }
      if (end == bytes.length) {
        return found == null ? Set.of() : found;
      }
      window = FormIndex.next(window, bytes[end]);
    }
  }

  private @Nullable Set<SecretName> add(
      @Nullable Set<SecretName> before, byte[] bytes, int start, long window) {
    Set<SecretName> found = before;
    for (Form form : inBytes.at(window)) {
      byte[] sought = form.bytes();
      int end = start + sought.length;
      if (end <= bytes.length && Arrays.equals(bytes, start, end, sought, 0, sought.length)) {
        found = with(found, form);
      }
    }
    return found;
  }

  Set<SecretName> in(String text) {
    Set<SecretName> found = count == 0 ? null : find(text, null);
    return found == null ? Set.of() : found;
  }

  /** In names and values, at any depth. */
  Set<SecretName> in(JsonNode value) {
    Set<SecretName> found = count == 0 ? null : find(value, null);
    return found == null ? Set.of() : found;
  }

  private @Nullable Set<SecretName> find(JsonNode value, @Nullable Set<SecretName> before) {
    Set<SecretName> found = before;
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        found = find(member.getValue(), find(member.getKey(), found));
      }
    } else if (value.isArray()) {
      for (JsonNode element : value) {
        found = find(element, found);
      }
    } else if (isText(value)) {
      found = find(value.asString(), found);
    }
    return found;
  }

  private boolean isText(JsonNode value) {
    return value.isString() || (numbers && value.isNumber());
  }

  private @Nullable Set<SecretName> find(String text, @Nullable Set<SecretName> before) {
    Set<SecretName> found = before;
    for (int start = next(text, 0); start >= 0; start = next(text, start + 1)) {
      for (Form form : inText.at(FormIndex.window(text, start))) {
        if (text.startsWith(form.text(), start)) {
          found = with(found, form);
        }
      }
    }
    return found;
  }

  private static Set<SecretName> with(@Nullable Set<SecretName> found, Form form) {
    Set<SecretName> more =
        found == null ? new TreeSet<>(Comparator.comparing(SecretName::value)) : found;
    more.add(form.secret());
    return more;
  }

  /** Where the next secret begins; -1 where there is none. */
  private int next(String text, int from) {
    if (text.length() - from < Form.SHORTEST) {
      return -1;
    }
    long window = FormIndex.window(text, from);
    for (int end = from + Form.SHORTEST; ; end++) {
      if (inText.mayHold(window) && longest(text, end - Form.SHORTEST, window) != null) {
        return end - Form.SHORTEST;
      }
      if (end == text.length()) {
        return -1;
      }
      window = FormIndex.next(window, text.charAt(end));
    }
  }

  private @Nullable Form longest(String text, int start, long window) {
    Form longest = null;
    for (Form form : inText.at(window)) {
      if (text.startsWith(form.text(), start)
          && (longest == null || longest.text().length() < form.text().length())) {
        longest = form;
      }
    }
    return longest;
  }

  /** The same text where no secret is in it; those that overlap go together. */
  String masked(String text) {
    int start = count == 0 ? -1 : next(text, 0);
    if (start < 0) {
      return text;
    }
    var masked = new StringBuilder();
    int from = 0;
    while (start >= 0) {
      Form first = longestAt(text, start);
      int begin = Math.max(from, start - first.before());
      int end = end(text, start, first);
      start = next(text, start + 1);
      while (start >= 0 && start < end) {
        end = Math.max(end, end(text, start, longestAt(text, start)));
        start = next(text, start + 1);
      }
      masked.append(text, from, begin).append("[secret ").append(first.secret()).append(']');
      from = end;
    }
    return masked.append(text, from, text.length()).toString();
  }

  private Form longestAt(String text, int start) {
    Form form = longest(text, start, FormIndex.window(text, start));
    if (form == null) {
      throw new IllegalStateException("nothing begins here");
    }
    return form;
  }

  private static int end(String text, int start, Form form) {
    return Math.min(text.length(), start + form.text().length() + form.after());
  }

  /** A copy with names in the places of secrets; a number that is one becomes text. */
  JsonNode masked(JsonNode value) {
    if (value.isObject()) {
      ObjectNode masked = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        masked.set(masked(member.getKey()), masked(member.getValue()));
      }
      return masked;
    }
    if (value.isArray()) {
      ArrayNode masked = JsonNodeFactory.instance.arrayNode();
      value.forEach(element -> masked.add(masked(element)));
      return masked;
    }
    if (!isText(value)) {
      return value;
    }
    String shown = value.asString();
    String masked = masked(shown);
    return masked.equals(shown) ? value : new StringNode(masked);
  }

  @Override
  public String toString() {
    return "LeakSearch[" + count + " forms]";
  }
}
