package dev.syris.task.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyKeeperTest {

  private static final String ASK = "rules: [{tool: a, decision: ask}]\n";
  private static final String DENY = "rules: [{tool: a, decision: deny}]\n";
  private static final String BROKEN = "rules: [{tool: a, decision: perhaps}]\n";

  @TempDir private Path folder;
  private final List<String> told = new ArrayList<>();

  private Path file() {
    return folder.resolve("policy.yml");
  }

  private PolicyKeeper keeper() {
    return new PolicyKeeper(
        file(),
        new PolicyKeeper.Told() {
          @Override
          public void loaded(String before, String now) {
            told.add("loaded");
          }

          @Override
          public void broken(Path broken, List<PolicyProblem> problems, String kept) {
            told.add("broken, kept " + kept);
          }
        });
  }

  private void write(String text) throws IOException {
    Files.writeString(file(), text);
  }

  @Test
  void shouldTakeAChangeWhenTwoLooksSawTheSame() throws IOException {
    // Given
    write(ASK);
    PolicyKeeper keeper = keeper();
    String before = keeper.current().version();
    write(DENY);
    // When
    keeper.look();
    String afterOne = keeper.current().version();
    keeper.look();
    // Then
    assertThat(afterOne).isEqualTo(before);
    assertThat(keeper.current().version()).isEqualTo(PolicyCheck.of(DENY).version());
    assertThat(told).containsExactly("loaded");
  }

  @Test
  void shouldNotTakeWhatIsHalfWritten() throws IOException {
    // Given
    write(ASK);
    PolicyKeeper keeper = keeper();
    // When
    write("rules:");
    keeper.look();
    write(DENY);
    keeper.look();
    // Then
    assertThat(told).isEmpty();
    keeper.look();
    assertThat(told).containsExactly("loaded");
  }

  @Test
  void shouldKeepTheOldOneAndSaySoOnceWhenTheNewOneIsBroken() throws IOException {
    // Given
    write(ASK);
    PolicyKeeper keeper = keeper();
    String before = keeper.current().version();
    write(BROKEN);
    // When
    keeper.look();
    keeper.look();
    keeper.look();
    // Then
    assertThat(keeper.current().version()).isEqualTo(before);
    assertThat(told).containsExactly("broken, kept " + before);
    assertThat(new PolicyProbe(keeper).check().details()).containsKey("degraded");
  }

  @Test
  void shouldSayItAgainUntilItIsSaid() throws IOException {
    // Given
    write(BROKEN);
    var keeper =
        new PolicyKeeper(
            file(),
            new PolicyKeeper.Told() {
              @Override
              public void loaded(String before, String now) {
                said("loaded");
              }

              @Override
              public void broken(Path broken, List<PolicyProblem> problems, String kept) {
                said("broken");
              }

              private void said(String what) {
                told.add(what);
                if (told.size() % 2 == 1) {
                  throw new IllegalStateException("nobody listens");
                }
              }
            });
    // When
    assertThatThrownBy(keeper::look).hasMessage("nobody listens");
    keeper.look();
    keeper.look();
    write(ASK);
    keeper.look();
    assertThatThrownBy(keeper::look).hasMessage("nobody listens");
    Policy before = keeper.current();
    keeper.look();
    // Then
    assertThat(told).containsExactly("broken", "broken", "loaded", "loaded");
    assertThat(before).isInstanceOf(StrictPolicy.class);
    assertThat(keeper.current()).isInstanceOf(LaidDown.class);
  }

  @Test
  void shouldKeepThePolicyWhenThereIsSomethingElseThanText() throws IOException {
    // Given
    write(ASK);
    PolicyKeeper keeper = keeper();
    String before = keeper.current().version();
    Files.write(file(), new byte[] {(byte) 0xc3, 0x28});
    // When
    keeper.look();
    keeper.look();
    PolicyProblem binary = keeper.problems().getFirst();
    write("# " + "x".repeat(PolicyFile.MAX_SIZE));
    keeper.look();
    keeper.look();
    PolicyProblem large = keeper.problems().getFirst();
    Files.delete(file());
    Files.createDirectory(file());
    keeper.look();
    keeper.look();
    // Then
    assertThat(binary.message()).startsWith("is not UTF-8");
    assertThat(large.message()).contains("a policy has at most 1048576");
    assertThat(keeper.problems().getFirst().message()).startsWith("is no file");
    assertThat(keeper.current().version()).isEqualTo(before);
  }

  @Test
  void shouldAskAboutEverythingWhenItIsBrokenFromTheStart() throws IOException {
    // Given
    write(BROKEN);
    // When
    PolicyKeeper keeper = keeper();
    // Then
    assertThat(keeper.current()).isInstanceOf(StrictPolicy.class);
    write(ASK);
    keeper.look();
    keeper.look();
    assertThat(keeper.current()).isInstanceOf(LaidDown.class);
    assertThat(new PolicyProbe(keeper).check().details()).doesNotContainKey("degraded");
  }

  @Test
  void shouldHoldTheDefaultsWhenThereIsNoFileOrNoneAnyMore() throws IOException {
    // Given
    String defaults = keeper().current().version();
    write(ASK);
    PolicyKeeper keeper = keeper();
    Files.delete(file());
    // When
    keeper.look();
    keeper.look();
    // Then
    assertThat(keeper.current().version()).isEqualTo(defaults);
  }
}
