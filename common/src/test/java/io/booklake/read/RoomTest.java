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

  @Test
  void numbersAreUsedAgainButForVeryManyAndLeaveBytesAlone() {
    Room room = new Room();
    byte[] bytes = room.of(10);
    long[] few = room.numbers(10);
    assertThat(few).hasSizeGreaterThanOrEqualTo(10);
    assertThat(room.numbers(few.length)).isSameAs(few);
    long[] more = room.numbers(few.length + 1);
    assertThat(more).hasSizeGreaterThan(few.length);
    assertThat(room.numbers(1)).isSameAs(more);

    long[] most = room.numbers(1 << 17);
    assertThat(most).hasSize(1 << 17);
    assertThat(room.numbers((1 << 17) + 1)).hasSize((1 << 17) + 1);
    assertThat(room.numbers(1 << 17)).isSameAs(most);
    assertThat(room.of(10)).isSameAs(bytes);
  }
}
