package io.booklake.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomTest {
  @Test
  void bytesAreUsedAgainButForVeryMany() {
    Room room = new Room();
    byte[] few = room.of(10);
    assertThat(few).hasSizeGreaterThanOrEqualTo(10);
    assertThat(room.of(few.length)).isSameAs(few);
    byte[] more = room.of(few.length + 1);
    assertThat(more).hasSizeGreaterThan(few.length);
    assertThat(room.of(1)).isSameAs(more);

    byte[] most = room.of(1 << 20);
    assertThat(most).hasSize(1 << 20);
    assertThat(room.of((1 << 20) + 1)).hasSize((1 << 20) + 1);
    assertThat(room.of(1 << 20)).isSameAs(most);
  }
}
