package io.tickformer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.testing.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the page on faults to the tests that it names. */
final class ReliabilityPageTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(\\w+))?`");
    private static final int COLUMNS = 3;

    @Test
    void everyFaultNamesATestThatIsThere() throws IOException {
        Map<String, String> tests = new TreeMap<>();
        for (Path file : Repository.files()) {
            if (file.startsWith(Repository.root().resolve("src/test/java"))) {
                String name = file.getFileName().toString().replace(".java", "");
                tests.put(name, Repository.text(file).orElseThrow());
            }
        }
        List<String[]> rows = rows();
        assertThat(rows).hasSizeGreaterThan(50);
        for (String[] row : rows) {
            Matcher named = TEST.matcher(row[2]);
            int count = 0;
            for (; named.find(); count++) {
                assertThat(tests).as(row[0]).containsKey(named.group(1));
                if (named.group(2) != null) {
                    assertThat(tests.get(named.group(1)))
                            .as(row[0])
                            .contains("void " + named.group(2) + "(");
                }
            }
            assertThat(count).as("tests of: " + row[0]).isPositive();
            assertThat(row[1]).as("what happens: " + row[0]).isNotBlank();
        }
    }

    /** The rows of all tables of faults, without their headings. */
    private static List<String[]> rows() throws IOException {
        List<String[]> rows = new ArrayList<>();
        boolean isFaults = false;
        for (String line : Repository.read("docs/reliability.md").lines().toList()) {
            if (!line.startsWith("|")) {
                isFaults = false;
                continue;
            }
            String[] cells = line.substring(1, line.lastIndexOf('|')).strip().split(" \\| ", -1);
            if (isFaults && !line.startsWith("|--")) {
                assertThat(cells).as(line).hasSize(COLUMNS);
                rows.add(cells);
            } else if (cells.length == COLUMNS && cells[2].strip().equals("shown by")) {
                isFaults = true;
            }
        }
        return rows;
    }
}
