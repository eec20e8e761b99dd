package io.tickformer.testing;

import io.tickformer.event.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Hourly readings of seven series: those of ETTh1 (a power transformer in China, 2016 to 2018)
 * where the file lies at {@code shared/data/ETTh1.csv}, below the root or beside it; elsewhere
 * readings made with the same columns, seasons, scales and stuck values. The repository does not
 * hold the file.
 */
public final class Ett {
    private static final List<String> COLUMNS =
            List.of("HUFL", "HULL", "MUFL", "MULL", "LUFL", "LULL", "OT");

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final LocalDateTime FIRST = LocalDateTime.of(2016, 7, 1, 0, 0);

    private Ett() {}

    /** The names of the series. */
    public static List<String> columns() {
        return COLUMNS;
    }

    /** The readings of the first hours, in order of time. */
    public static List<Observation> readings(int hours) throws IOException {
        Path folder = Repository.root();
        while (folder != null && !Files.exists(file(folder))) {
            folder = folder.getParent();
        }
        return folder == null ? made(hours) : read(file(folder), hours);
    }

    private static Path file(Path folder) {
        return folder.resolve("shared").resolve("data").resolve("ETTh1.csv");
    }

    private static List<Observation> read(Path csv, int hours) throws IOException {
        List<Observation> readings = new ArrayList<>();
        List<String> lines = Files.readAllLines(csv);
        for (String line : lines.subList(1, hours + 1)) {
            String[] cells = line.split(",", -1);
            long time = millis(LocalDateTime.parse(cells[0], DATE));
            for (int column = 0; column < COLUMNS.size(); column++) {
                readings.add(
                        new Observation(
                                COLUMNS.get(column), time, Double.parseDouble(cells[column + 1])));
            }
        }
        return readings;
    }

    private static List<Observation> made(int hours) {
        SplittableRandom random = new SplittableRandom(1);
        List<Observation> readings = new ArrayList<>();
        double[] values = new double[COLUMNS.size()];
        for (int hour = 0; hour < hours; hour++) {
            long time = millis(FIRST.plusHours(hour));
            for (int column = 0; column < values.length; column++) {
                double daily = Math.sin(2 * Math.PI * (hour + 3 * column) / 24);
                if (random.nextInt(20) > 0) { // Else it is stuck.
                    values[column] = 4 * column - 8 + 5 * daily + random.nextGaussian();
                }
                readings.add(new Observation(COLUMNS.get(column), time, values[column]));
            }
        }
        return readings;
    }

    private static long millis(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
