package io.booklake.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Words of an option that knows a few, in lower case, as the help has them. */
final class Words {
  private Words() {}

  static <E extends Enum<E>> ITypeConverter<E> of(Class<E> type) {
    return text -> {
      List<String> words =
          Stream.of(type.getEnumConstants())
              .map(each -> each.name().toLowerCase(Locale.ROOT))
              .toList();
      int found = words.indexOf(text.toLowerCase(Locale.ROOT));
      if (found < 0) {
        throw new TypeConversionException("found '" + text + "', expected one of " + words);
      }
      return type.getEnumConstants()[found];
    };
  }
}
