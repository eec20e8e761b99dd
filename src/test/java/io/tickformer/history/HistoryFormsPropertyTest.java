package io.tickformer.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickDefinition;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A history does not depend on the form of the table. */
class HistoryFormsPropertyTest {
    private static final int HOUR = 3600;

    @Property(tries = 30)
    void wideLongShuffledAndPackedTablesAreOneHistory(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 6) int series,
            @ForAll @IntRange(min = 2, max = 400) int rows)
            throws IOException {
        Random random = new Random(seed);
        StringBuilder wide = new StringBuilder("time");
        for (int i = 0; i < series; i++) {
            wide.append(",s").append(i);
        }
        wide.append('\n');
        List<String> cells = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            wide.append(row * HOUR);
            for (int i = 0; i < series; i++) {
                // Of other starts and scales, with gaps; the last row has a value of each, and the
                // first one of the first, since two times at least tell the length of a tick.
                boolean isKnown = row == rows - 1 || (row == 0 && i == 0);
                boolean missing = !isKnown && (row < i * rows / 8 || random.nextInt(10) == 0);
                String value =
                        missing ? "" : Double.toString(random.nextGaussian() * Math.pow(10, i));
                wide.append(',').append(value);
                cells.add("s%d,%d,%s%n".formatted(i, row * HOUR, value));
            }
            wide.append('\n');
        }
        String expected = seen(wide.toString());
        assertThat(seen("key,time,value\n" + String.join("", cells))).isEqualTo(expected);
        Collections.shuffle(cells, random);
        assertThat(seen("key,time,value\n" + String.join("", cells))).isEqualTo(expected);
    }

    /** Fingerprint, tick length and ticks, plain and packed, in memory and on disk. */
    private static String seen(String text) throws IOException {
        Path file = Files.createTempFile("history", ".csv");
        try {
            Files.writeString(file, text);
            String plain = seen(file);
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(seen(file)).isEqualTo(plain);
            return plain;
        } finally {
            Files.delete(file);
        }
    }

    private static String seen(Path file) throws IOException {
        try (History history = CsvHistory.read(file, CsvOptions.DEFAULT)) {
            long tick = TickLengthDetector.detect(history);
            List<double[]> ticks = new ArrayList<>();
            for (TickSeries one : history.ticks(TickDefinition.of(tick, TickAggregate.SUM))) {
                ticks.add(new double[] {one.firstTick()});
                ticks.add(one.values());
            }
            return history.fingerprint()
                    + tick
                    + ticks.stream().map(java.util.Arrays::toString).toList();
        }
    }
}
