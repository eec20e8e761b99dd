package io.tickformer.cli.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class MarkdownTest {

    @Test
    void signsThatMeanSomethingAreEscaped() {
        assertThat(Markdown.text("a|b *c* _d_ [e](f) <g> `h` \\"))
                .isEqualTo("a\\|b \\*c\\* \\_d\\_ \\[e\\](f) \\<g\\> \\`h\\` \\\\");
        assertThat(Markdown.text("two\nlines\u001b[0m")).isEqualTo("two\\\\nlines?\\[0m");
    }

    @Test
    void aValueIsCodeUnlessCodeCannotShowIt() {
        assertThat(Markdown.value("meter_1/power <kW>")).isEqualTo("`meter_1/power <kW>`");
        assertThat(Markdown.value("a|b")).isEqualTo("a\\|b");
        assertThat(Markdown.value("tick`tock")).isEqualTo("tick\\`tock");
        assertThat(Markdown.value("two\nlines")).isEqualTo("two\\\\nlines");
        assertThat(Markdown.value(" ")).isEqualTo(" ");
    }

    @Test
    void codeIsFencedByMoreThanItHolds() {
        assertThat(new Markdown().code("sh", "echo '```'").toString())
                .isEqualTo("````sh\necho '```'\n````\n");
    }

    @Test
    void blocksStandApart() {
        Markdown page =
                new Markdown()
                        .heading(2, "Title")
                        .paragraph("Text.")
                        .list(List.of("one", "two"))
                        .facts(Map.of("name|d", "`value`"))
                        .table(List.of("a", "b"), List.of(List.of("x", "1")), true);

        assertThat(page.toString())
                .isEqualTo(
                        """
                        ## Title

                        Text.

                        - one
                        - two

                        |  |  |
                        |---|---|
                        | name\\|d | `value` |

                        | a | b |
                        |---|---:|
                        | x | 1 |
                        """);
    }

    /** A row of a table is cut at every pipe that no backslash takes the meaning from. */
    @Property
    void noValueBreaksTheTableItStandsIn(
            @ForAll
                    @StringLength(max = 12)
                    @Chars({'|', '\\', '`', '\n', '\r', 'a', ' ', '<', '*'})
                    @CharRange(from = '\u0000', to = '\u00ff')
                    String value) {
        String row =
                new Markdown()
                        .table(
                                List.of("a", "b"),
                                List.of(List.of(Markdown.value(value), Markdown.text(value))),
                                false)
                        .toString()
                        .split("\n", 3)[2];

        assertThat(row).endsWith(" |\n").doesNotContain("\r");
        assertThat(row.strip().chars().filter(sign -> sign == '\n')).isEmpty();
        assertThat(cells(row.strip())).isEqualTo(2);
    }

    private static int cells(String row) {
        int pipes = 0;
        for (int i = 0; i < row.length(); i++) {
            if (row.charAt(i) == '\\') {
                i++;
            } else if (row.charAt(i) == '|') {
                pipes++;
            }
        }
        return pipes - 1;
    }
}
