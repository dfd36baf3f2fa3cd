package io.booklake.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Examples after RFC 8288. */
class LinkHeaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "</a?b=1,2;c>; rel=\"next\"",
        "</a?b=1,2;c>;rel=next",
        " , </a?b=1,2;c> ; REL = NEXT ;",
        "</a?b=1,2;c>; rel=\"prev next\"",
        "</a?b=1,2;c>; title=\"x\"; rel=\"next\"",
        "</a?b=1,2;c>; title=\"\\\", </b>; rel=\\\"next\"; rel=next",
        "</a?b=1,2;c>; nofollow; rel=next",
        "</b>; rel=first, </a?b=1,2;c>; rel=next, </c>; rel=last",
        "</b>; title=\"rel=next\",</a?b=1,2;c>; rel=next",
        "</b>; rel=prev; rel=next, </a?b=1,2;c>; rel=next",
        "</b>, </a?b=1,2;c>; rel=next"
      })
  void theNextPageOfOneHeader(String value) {
    assertThat(LinkHeader.next(List.of(value))).hasValue("/a?b=1,2;c");
    assertThat(LinkHeader.next(List.of("</z>; rel=up", value))).hasValue("/a?b=1,2;c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " , ",
        "</a>",
        "</a>; rel=prev",
        "</a>; rel=nextish",
        "</a>; rev=next",
        "</a>; title=\"</b>; rel=next\""
      })
  void thereIsNoNextPage(String value) {
    assertThat(LinkHeader.next(List.of(value))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "next",
        "</a",
        "</a; rel=next",
        "</a>; rel=\"next",
        "</a> rel=next",
        "</a>; rel=next </b>",
        "</a>; rel=next, </b>; rel=next"
      })
  void whatCannotBeReadIsNotPassedOver(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> LinkHeader.next(List.of(value)));
  }

  @Test
  void withoutAHeaderThereIsNoNextPage() {
    assertThat(LinkHeader.next(List.of())).isEmpty();
  }
}
