package dev.syris.standalone.data;

/** Why a folder can't be used, as one line for the operator. */
public final class UnusableDataFolder extends Exception {

  public UnusableDataFolder(String message) {
    super(message);
  }
}
