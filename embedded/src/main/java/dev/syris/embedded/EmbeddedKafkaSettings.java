package dev.syris.embedded;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where the embedded broker lives and who may log in.
 *
 * @param folder everything it writes is in here; made if missing
 * @param port of the listener for clients, on loopback
 * @param controllerPort of the listener for the controller's own traffic, on loopback
 * @param users password by principal; {@value #ADMIN} must be among them and may do anything, the
 *     others what the access lists say
 */
public record EmbeddedKafkaSettings(
    Path folder, int port, int controllerPort, Map<String, String> users) {

  /** The super user, which is also what the broker calls itself when it talks to itself. */
  public static final String ADMIN = "admin";

  public EmbeddedKafkaSettings {
    folder = folder.toAbsolutePath().normalize();
    users = Map.copyOf(users);
    if (!users.containsKey(ADMIN)) {
      throw new IllegalArgumentException(
          "users must hold a password for " + ADMIN + ", got " + users.keySet());
    }
    if (port == controllerPort) {
      throw new IllegalArgumentException("port and controllerPort must differ, both are " + port);
    }
    users.forEach(
        (name, password) -> {
          if (!name.matches("[A-Za-z0-9_.-]+")) {
            throw new IllegalArgumentException(
                "principal '" + name + "' may hold letters, digits and _ . - only");
          }
          if (password.isEmpty() || password.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                "the password of principal " + name + " is empty or holds control characters");
          }
        });
  }

  Path data() {
    return folder.resolve("data");
  }

  String adminPassword() {
    return users.getOrDefault(ADMIN, "");
  }

  /** Never shows a password. */
  @Override
  public String toString() {
    return "EmbeddedKafkaSettings[folder=%s, port=%d, controllerPort=%d, users=%s]"
        .formatted(folder, port, controllerPort, users.keySet());
  }
}
