package io.tickformer.cli.card;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tickformer.annotation.Internal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes Markdown for GitHub and CommonMark. Text from outside, such as a series key, must go
 * through {@link #text} or {@link #value}, which escape it.
 */
@Internal
public final class Markdown {
    private static final String SPECIAL = "\\`*_[]<>#|~&$";
    private static final String NOT_IN_CODE = "`|\\";

    private final StringBuilder page = new StringBuilder();

    /** A heading; level 1 is the title. */
    @CanIgnoreReturnValue
    public Markdown heading(int level, String text) {
        return block("#".repeat(level) + " " + text);
    }

    /** A paragraph of Markdown. */
    @CanIgnoreReturnValue
    public Markdown paragraph(String markdown) {
        return block(markdown);
    }

    /** A list of Markdown. */
    @CanIgnoreReturnValue
    public Markdown list(List<String> items) {
        return block(items.stream().map(item -> "- " + item).collect(Collectors.joining("\n")));
    }

    /**
     * A table of Markdown cells.
     *
     * @param numbers whether the columns after the first are numbers, aligned to the right
     */
    @CanIgnoreReturnValue
    public Markdown table(List<String> header, List<List<String>> rows, boolean numbers) {
        List<String> lines = new ArrayList<>();
        lines.add(row(header));
        StringBuilder rule = new StringBuilder("|");
        for (int i = 0; i < header.size(); i++) {
            rule.append(numbers && i > 0 ? "---:|" : "---|");
        }
        lines.add(rule.toString());
        rows.forEach(cells -> lines.add(row(cells)));
        return block(String.join("\n", lines));
    }

    /** A table with two columns: a plain name and Markdown. */
    @CanIgnoreReturnValue
    public Markdown facts(Map<String, String> facts) {
        List<List<String>> rows = new ArrayList<>();
        facts.forEach((name, markdown) -> rows.add(List.of(text(name), markdown)));
        return table(List.of("", ""), rows, false);
    }

    /** A block of code. */
    @CanIgnoreReturnValue
    public Markdown code(String language, String code) {
        String fence = "```";
        while (code.contains(fence)) {
            fence += "`";
        }
        return block(fence + language + "\n" + code.stripTrailing() + "\n" + fence);
    }

    /** A block of Markdown. */
    @CanIgnoreReturnValue
    public Markdown block(String markdown) {
        if (page.length() > 0) {
            page.append('\n');
        }
        page.append(markdown).append('\n');
        return this;
    }

    private static String row(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }

    /** Escapes plain text for one line. */
    public static String text(String plain) {
        StringBuilder escaped = new StringBuilder();
        plain.codePoints()
                .forEach(
                        sign -> {
                            if (sign == '\n') {
                                escaped.append("\\\\n");
                            } else if (Character.isISOControl(sign)) {
                                escaped.append('?');
                            } else {
                                if (SPECIAL.indexOf(sign) >= 0) {
                                    escaped.append('\\');
                                }
                                escaped.appendCodePoint(sign);
                            }
                        });
        return escaped.toString();
    }

    /** A value as code, or as escaped text if a table cannot show it as code. */
    public static String value(String plain) {
        boolean asCode =
                !plain.isBlank()
                        && plain.equals(plain.strip())
                        && plain.codePoints()
                                .noneMatch(
                                        sign ->
                                                Character.isISOControl(sign)
                                                        || NOT_IN_CODE.indexOf(sign) >= 0);
        return asCode ? "`" + plain + "`" : text(plain);
    }

    /** The page so far. */
    @Override
    public String toString() {
        return page.toString();
    }
}
