package dev.syris.task.call;

import dev.syris.task.instance.Owner;

/** Another process has come in the place of this one: whatever this one says is refused. */
public final class FencedException extends RuntimeException {

  FencedException(Owner owner) {
    super("instance %s of epoch %d has a successor".formatted(owner.instance(), owner.epoch()));
  }
}
