package io.tickformer.context;

import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickAggregate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a context must do, said in the plainest way: all readings since it began, and at every
 * question a look at them. A tick that nobody could know any more is forgotten by {@link
 * #withRing(int)}.
 */
final class ArrayContext {
    private static final int BLOCK = 32;

    /** Value and weight of a reading of a channel. */
    private record Cell(double value, int weight) {}

    private final int ring;
    private final int channels;
    private final EmptyTickPolicy rule;
    private final NavigableMap<Long, Cell[]> ticks = new TreeMap<>();
    private boolean empty = true;
    private long head;
    private long first;

    ArrayContext(int ring, int channels, EmptyTickPolicy rule) {
        this.ring = ring;
        this.channels = channels;
        this.rule = rule;
    }

    ContextChange update(long tick, double[] values, int[] weights) {
        ContextChange change = enter(tick);
        if (change != ContextChange.IGNORED_TOO_OLD) {
            for (int channel = 0; channel < channels; channel++) {
                if (!Double.isNaN(values[channel])) {
                    put(tick, channel, new Cell(values[channel], weights[channel]));
                }
            }
        }
        return change;
    }

    ContextChange merge(
            long tick, TickAccumulator piece, TickAggregate aggregate, long tickMillis) {
        ContextChange change = enter(tick);
        if (change == ContextChange.IGNORED_TOO_OLD) {
            return change;
        }
        for (int channel = 0; channel < channels; channel++) {
            if (!piece.isEmpty(channel)) {
                Cell cell =
                        new Cell(
                                piece.value(channel, aggregate),
                                piece.weight(channel, aggregate, tick * tickMillis, tickMillis));
                Cell known = reading(tick, channel);
                put(tick, channel, known == null ? cell : join(known, cell, aggregate));
            }
        }
        return change;
    }

    private static Cell join(Cell known, Cell cell, TickAggregate aggregate) {
        int sum = Math.min(65_535, known.weight() + cell.weight());
        return switch (aggregate) {
            case MEAN ->
                    new Cell(
                            (known.value() * known.weight() + cell.value() * cell.weight())
                                    / (known.weight() + cell.weight()),
                            sum);
            case SUM, COUNT -> new Cell(known.value() + cell.value(), sum);
            case MIN -> new Cell(Math.min(known.value(), cell.value()), sum);
            case MAX -> new Cell(Math.max(known.value(), cell.value()), sum);
            case LAST -> cell.weight() >= known.weight() ? cell : known;
        };
    }

    private void put(long tick, int channel, Cell cell) {
        ticks.computeIfAbsent(tick, any -> new Cell[channels])[channel] = cell;
    }

    private ContextChange enter(long tick) {
        if (!empty && tick <= head) {
            if (tick <= head - ring) {
                return ContextChange.IGNORED_TOO_OLD;
            }
            first = Math.min(first, tick);
            return ContextChange.REVISED;
        }
        advanceTo(tick - 1);
        head = tick;
        if (empty) {
            empty = false;
            first = tick;
            return ContextChange.STARTED;
        }
        return ContextChange.APPENDED;
    }

    void advanceTo(long tick) {
        if (empty || tick <= head) {
            return;
        }
        head = tick;
        if (ticks.tailMap(head - ring + 1).isEmpty()) {
            ticks.clear();
            empty = true;
        }
    }

    /** What is known of it, seen through another ring. */
    ArrayContext withRing(int other) {
        if (other == ring) {
            return this;
        }
        ArrayContext context = new ArrayContext(other, channels, rule);
        if (empty) {
            return context;
        }
        long oldest = Math.max(first, head - ring + 1);
        long known = Math.max(first, Math.floorDiv(oldest, BLOCK) * BLOCK);
        int starts = 0;
        for (Map.Entry<Long, Cell[]> each : ticks.tailMap(known).entrySet()) {
            if (context.enter(each.getKey()) == ContextChange.STARTED) {
                starts += each.getKey() - known < other ? 1 : 2;
            }
            context.ticks.put(each.getKey(), each.getValue().clone());
        }
        context.advanceTo(head);
        if (starts == 1) {
            context.first = other > ring ? known : first;
        }
        return context;
    }

    boolean isEmpty() {
        return empty;
    }

    long headTick() {
        return head;
    }

    long firstTick() {
        return first;
    }

    private Cell reading(long tick, int channel) {
        Cell[] cells = ticks.get(tick);
        return cells == null ? null : cells[channel];
    }

    double valueAt(long tick, int channel) {
        for (long before = tick; before > tick - ring && before >= first; before--) {
            Cell cell = reading(before, channel);
            if (cell != null) {
                return switch (before == tick ? EmptyTickPolicy.LAST : rule) {
                    case LAST -> cell.value();
                    case ZERO -> 0;
                    case MISSING -> Double.NaN;
                };
            }
        }
        return Double.NaN;
    }

    int weightAt(long tick, int channel) {
        Cell cell = reading(tick, channel);
        return cell == null ? 0 : cell.weight();
    }

    long lastObservedTick() {
        return ticks.lastKey();
    }
}
