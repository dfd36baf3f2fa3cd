package io.booklake.job;

import io.booklake.model.PriceBin;
import io.booklake.model.SliceSpec;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Bars, windows and grids as the user names them. */
final class Specs {
  private Specs() {}

  static List<SliceSpec> parse(List<String> texts, Function<String, SliceSpec> parser) {
    try {
      return texts.stream().map(String::strip).map(parser).distinct().toList();
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }

  static PriceBin bin(String dollars) {
    try {
      return PriceBin.parse(dollars);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }

  static Set<String> names(List<SliceSpec> specs) {
    return specs.stream().map(SliceSpec::toString).collect(Collectors.toCollection(TreeSet::new));
  }
}
