package dev.dise.cli.letters;

import dev.dise.operations.letters.LetterId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads ids of letters from the command line. */
final class LetterIdConverter implements ITypeConverter<LetterId> {
    @Override
    public LetterId convert(String text) {
        return LetterId.parse(text)
                .orElseThrow(
                        () -> new TypeConversionException("a letter's id is as in dise.bulk-3@1024#1 but not " + text));
    }
}
