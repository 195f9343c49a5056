package dev.syris.gateway.health;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Several services' meters as one document of Prometheus' text format 0.0.4, in which each family
 * stands once. Not thread-safe. Lines that are none of the format are left out.
 */
final class Exposition {

  private static final Pattern HEADER =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*)(?: (.*))?");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? ([-+0-9.eE]+|NaN|[-+]?Inf)( -?[0-9]+)?");

  private final Map<String, Family> families = new LinkedHashMap<>();

  private static final class Family {
    private @Nullable String help;
    private @Nullable String type;
    private final List<String> samples = new ArrayList<>();
  }

  /** Adds a service's meters as they are. */
  void add(String text) {
    add(text, "");
  }

  /** Adds a service's meters, each with a label {@code service}. */
  void addOf(String service, String text) {
    add(text, "service=\"" + service + "\"");
  }

  private void add(String text, String label) {
    String family = "";
    boolean fits = true;
    for (String line : text.lines().toList()) {
      Matcher header = HEADER.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (header.matches()) {
        family = header.group(2);
        fits = describe(family, header.group(1), String.valueOf(header.group(3)));
      } else if (sample.matches()) {
        if (family.isEmpty() || !sample.group(1).startsWith(family)) {
          family = sample.group(1);
          fits = true;
        }
        if (fits) {
          family(family).samples.add(labelled(sample, label));
        }
      }
    }
  }

  /** False where a family of this name is here already and counts something else. */
  private boolean describe(String name, String what, String text) {
    Family family = family(name);
    if (what.equals("HELP")) {
      family.help = family.help == null ? text : family.help;
      return true;
    }
    boolean fits = family.type == null ? family.samples.isEmpty() : family.type.equals(text);
    family.type = family.type == null && fits ? text : family.type;
    return fits;
  }

  private Family family(String name) {
    return families.computeIfAbsent(name, unknown -> new Family());
  }

  private static String labelled(Matcher sample, String label) {
    String own = sample.group(2) == null ? "" : sample.group(2);
    String separator = own.isEmpty() || own.endsWith(",") || label.isEmpty() ? "" : ",";
    String labels = own + separator + label;
    String time = sample.group(4) == null ? "" : sample.group(4);
    return sample.group(1)
        + (labels.isEmpty() ? "" : "{" + labels + "}")
        + " "
        + sample.group(3)
        + time;
  }

  /** The whole document. */
  String text() {
    var text = new StringBuilder();
    families.forEach(
        (name, family) -> {
          if (family.samples.isEmpty()) {
            return;
          }
          if (family.help != null) {
            text.append("# HELP ").append(name).append(' ').append(family.help).append('\n');
          }
          if (family.type != null) {
            text.append("# TYPE ").append(name).append(' ').append(family.type).append('\n');
          }
          family.samples.forEach(sample -> text.append(sample).append('\n'));
        });
    return text.toString();
  }
}
