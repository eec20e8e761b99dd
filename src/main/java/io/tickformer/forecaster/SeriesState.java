package io.tickformer.forecaster;

import io.tickformer.event.BinaryForm;
import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickMeaning;
import io.tickformer.spec.ForecastSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that the forecasts of one series depend on, apart from the model.
 *
 * <p>Binary form, version 1: version (byte); tickMillis (long), number of channels (int, 0 for a
 * single series) and their names, names of aggregate and rule for empty ticks (modified UTF-8);
 * watermark (long); {@link MemorySeriesStore}; {@link TimerQueue}; number of gathered ticks (int)
 * and for each its index (long) and its accumulator; whether there is feedback (boolean), and that.
 *
 * <p>Mutable and not thread-safe.
 */
final class SeriesState {
    private static final BinaryForm.Writer<SeriesState> WRITER = SeriesState::write;

    private final ForecastSpec spec;

    final MemorySeriesStore store;
    final TimerQueue timers = new TimerQueue();

    /** Readings of ticks that end with the watermark, by tick. */
    final TreeMap<Long, TickAccumulator> gathered = new TreeMap<>();

    long watermark = Long.MIN_VALUE;

    /** Null before the first forecast. */
    FeedbackState feedback;

    SeriesState(ForecastSpec spec) {
        this.spec = spec;
        this.store = new MemorySeriesStore(spec);
    }

    private static BinaryForm<SeriesState> form(ForecastSpec spec) {
        return new BinaryForm<>("the state of a series", WRITER, in -> read1(in, spec));
    }

    void writeTo(DataOutput out) throws IOException {
        form(spec).write(this, out);
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @throws IllegalArgumentException if it was written with other ticks than those of the model
     */
    static SeriesState readFrom(DataInput in, ForecastSpec spec) throws IOException {
        return form(spec).read(in);
    }

    private void write(DataOutput out) throws IOException {
        out.writeLong(spec.tickMillis());
        out.writeInt(spec.channels().size());
        for (String channel : spec.channels()) {
            out.writeUTF(channel);
        }
        out.writeUTF(spec.tickMeaning().aggregate().name());
        out.writeUTF(spec.tickMeaning().empty().name());
        out.writeLong(watermark);
        store.writeTo(out);
        timers.writeTo(out);
        out.writeInt(gathered.size());
        for (Map.Entry<Long, TickAccumulator> tick : gathered.entrySet()) {
            out.writeLong(tick.getKey());
            tick.getValue().writeTo(out);
        }
        out.writeBoolean(feedback != null);
        if (feedback != null) {
            feedback.writeTo(out);
        }
    }

    private static SeriesState read1(DataInput in, ForecastSpec spec) throws IOException {
        requireSameTicks(in, spec);
        SeriesState state = new SeriesState(spec);
        state.watermark = in.readLong();
        state.store.readFrom(in);
        state.timers.readFrom(in);
        for (int count = in.readInt(); count > 0; count--) {
            long index = in.readLong();
            state.gathered.put(index, TickAccumulator.readFrom(in));
        }
        state.feedback = in.readBoolean() ? FeedbackState.readFrom(in) : null;
        return state;
    }

    private static void requireSameTicks(DataInput in, ForecastSpec spec) throws IOException {
        long tickMillis = in.readLong();
        List<String> channels = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            channels.add(in.readUTF());
        }
        TickMeaning meaning =
                new TickMeaning(
                        TickAggregate.valueOf(in.readUTF()), EmptyTickPolicy.valueOf(in.readUTF()));
        if (tickMillis != spec.tickMillis()
                || !channels.equals(spec.channels())
                || !meaning.equals(spec.tickMeaning())) {
            throw new IllegalArgumentException(
                    ("the state of a series has %s; expected %s, as the model has: use a model with"
                                    + " the same ticks, or start the series anew")
                            .formatted(
                                    text(tickMillis, channels, meaning),
                                    text(spec.tickMillis(), spec.channels(), spec.tickMeaning())));
        }
    }

    private static String text(long tickMillis, List<String> channels, TickMeaning meaning) {
        return "ticks of %d ms (%s)%s"
                .formatted(
                        tickMillis,
                        meaning.text(),
                        channels.isEmpty() ? "" : " of the channels " + channels);
    }
}
