package io.tickformer.cli.demo;

import io.tickformer.event.Observation;
import io.tickformer.event.Tick;
import io.tickformer.history.CsvOptions;
import io.tickformer.history.CsvReplay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a file as deliveries at their event times. Skips ticks without observations, so that
 * nobody has to wait through a gap of a year.
 */
final class CsvFeed implements Feed {
    private final CsvReplay replay;
    private final long tickMillis;
    private final long startMillis;
    private Observation ahead;

    /**
     * Opens a file.
     *
     * @throws io.tickformer.history.HistoryException if it is not a table of series or has none of
     *     the requested rows
     * @throws IOException if it cannot be read
     */
    CsvFeed(Path file, CsvOptions options, long tickMillis) throws IOException {
        this.tickMillis = tickMillis;
        replay = new CsvReplay(file, options);
        advance();
        startMillis =
                ahead == null ? 0 : Tick.indexOf(ahead.eventTimeMillis(), tickMillis) * tickMillis;
    }

    @Override
    public long tickMillis() {
        return tickMillis;
    }

    @Override
    public long startMillis() {
        return startMillis;
    }

    @Override
    public List<String> series() {
        return replay.series();
    }

    @Override
    public boolean hasNext() {
        return ahead != null;
    }

    @Override
    public List<SimulatedRecord> next() {
        List<SimulatedRecord> tick = new ArrayList<>();
        long index = Tick.indexOf(ahead.eventTimeMillis(), tickMillis);
        while (ahead != null && Tick.indexOf(ahead.eventTimeMillis(), tickMillis) == index) {
            tick.add(
                    new SimulatedRecord(
                            ahead.eventTimeMillis(),
                            ahead.series(),
                            ahead.eventTimeMillis(),
                            ahead.value(),
                            SimulatedRecord.Fault.NONE));
            advance();
        }
        return tick;
    }

    private void advance() {
        ahead = replay.hasNext() ? replay.next() : null;
    }

    @Override
    public void close() throws IOException {
        replay.close();
    }
}
