package io.tickformer.feedback.issued;

import io.tickformer.annotation.Internal;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The issued forecasts of one series whose targets have not come due, or came due within the last
 * few ticks: of each scored step the newest ones, in a ring.
 *
 * <p>A slot of a ring holds one forecast of one step: the tick of issue, its uncalibrated median as
 * a double, and floats relative to that median, which keeps their precision whatever the level of
 * the series: Q published quantiles, Q uncalibrated quantiles, the forecasts of naive and of
 * seasonal naive, and the median of the model alone.
 *
 * <p>All slots are in one byte array, because state that is written at each tick must be cheap to
 * write. Mutable and not thread-safe.
 */
@Internal
public final class IssuedForecasts {
    /** How many ticks after its target came due a forecast is still found. */
    public static final int REVISED_TICKS = 4;

    /** No slot. */
    public static final int NONE = -1;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle DOUBLES =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle FLOATS =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.BIG_ENDIAN);
    private static final int CENTRE = Long.BYTES;
    private static final int HEADER = Long.BYTES + Double.BYTES;

    /** What the ticks of empty slots say. */
    private static final long EMPTY = Long.MIN_VALUE;

    private final ScoredSteps steps;
    private final int levels;
    private final int slotBytes;
    private final int[] firstSlot; // by scored step, and the number of all slots
    private final byte[] slots;

    public IssuedForecasts(ScoredSteps steps, int levels) {
        this.steps = steps;
        this.levels = levels;
        this.slotBytes = HEADER + (2 * levels + 3) * Float.BYTES;
        this.firstSlot = new int[steps.count() + 1];
        for (int i = 0; i < steps.count(); i++) {
            int ticks = steps.step(i) + REVISED_TICKS;
            firstSlot[i + 1] = firstSlot[i] + ticks / steps.stride(i) + 1;
        }
        this.slots = new byte[firstSlot[steps.count()] * slotBytes];
        clear();
    }

    /** Forgets all forecasts. */
    public void clear() {
        for (int slot = 0; slot < slots.length; slot += slotBytes) {
            LONGS.set(slots, slot, EMPTY);
        }
    }

    /** The size of the state. */
    public int bytes() {
        return slots.length;
    }

    /**
     * Opens the slot for a scored step of a forecast, in place of the oldest one. The caller checks
     * {@link ScoredSteps#isRemembered}, and fills the slot with the methods below.
     *
     * @param position of the scored step
     * @param issued the tick of issue
     * @param centre the uncalibrated median
     */
    public int open(int position, long issued, double centre) {
        int slot = slotOf(position, issued);
        LONGS.set(slots, slot, issued);
        DOUBLES.set(slots, slot + CENTRE, centre);
        return slot;
    }

    /** Sets the published quantiles: those of a horizon step (from 0). */
    public void setPublished(int slot, ForecastPaths forecast, int step) {
        set(slot, HEADER, forecast, step);
    }

    /** Sets the uncalibrated quantiles: those of a horizon step (from 0). */
    public void setUncalibrated(int slot, ForecastPaths forecast, int step) {
        set(slot, HEADER + levels * Float.BYTES, forecast, step);
    }

    /** Sets the forecasts of naive and of seasonal naive; NaN if there is none. */
    public void setSimple(int slot, double naive, double seasonalNaive) {
        set(slot, HEADER + 2 * levels * Float.BYTES, naive);
        set(slot, HEADER + (2 * levels + 1) * Float.BYTES, seasonalNaive);
    }

    /** Sets the median of the model alone, before it was mixed; NaN if it was not finite. */
    public void setModel(int slot, double median) {
        set(slot, HEADER + (2 * levels + 2) * Float.BYTES, median);
    }

    /**
     * Finds the forecast of a scored step that was issued at a tick.
     *
     * @return its slot, for the methods below; {@link #NONE} if it is not remembered
     */
    public int find(int position, long issued) {
        if (!steps.isRemembered(position, issued)) {
            return NONE;
        }
        int slot = slotOf(position, issued);
        return (long) LONGS.get(slots, slot) == issued ? slot : NONE;
    }

    /** Copies the Q published quantiles of a slot. */
    public void published(int slot, double[] target) {
        copy(slot, HEADER, target);
    }

    /** Copies the Q uncalibrated quantiles of a slot. */
    public void uncalibrated(int slot, double[] target) {
        copy(slot, HEADER + levels * Float.BYTES, target);
    }

    /** The forecast of naive; NaN if there was none. */
    public double naive(int slot) {
        return value(slot, HEADER + 2 * levels * Float.BYTES);
    }

    /** The forecast of seasonal naive; NaN if there was none. */
    public double seasonalNaive(int slot) {
        return value(slot, HEADER + (2 * levels + 1) * Float.BYTES);
    }

    /** The median of the model alone; NaN if it was not finite. */
    public double model(int slot) {
        return value(slot, HEADER + (2 * levels + 2) * Float.BYTES);
    }

    private void copy(int slot, int offset, double[] target) {
        double centre = (double) DOUBLES.get(slots, slot + CENTRE);
        for (int i = 0; i < levels; i++) {
            target[i] = centre + (float) FLOATS.get(slots, slot + offset + i * Float.BYTES);
        }
    }

    private void set(int slot, int offset, ForecastPaths forecast, int step) {
        double centre = (double) DOUBLES.get(slots, slot + CENTRE);
        for (int i = 0; i < levels; i++) {
            float difference = bounded(forecast.quantiles(i)[step] - centre);
            FLOATS.set(slots, slot + offset + i * Float.BYTES, difference);
        }
    }

    private void set(int slot, int offset, double value) {
        double centre = (double) DOUBLES.get(slots, slot + CENTRE);
        FLOATS.set(slots, slot + offset, bounded(value - centre));
    }

    /** The difference, or as far as floats reach. */
    private static float bounded(double difference) {
        return (float)
                (difference > Float.MAX_VALUE
                        ? Float.MAX_VALUE
                        : difference < -Float.MAX_VALUE ? -Float.MAX_VALUE : difference);
    }

    private double value(int slot, int offset) {
        return (double) DOUBLES.get(slots, slot + CENTRE)
                + (float) FLOATS.get(slots, slot + offset);
    }

    private int slotOf(int position, long issued) {
        int stride = steps.stride(position);
        long turn = stride == 1 ? issued : Math.floorDiv(issued, stride);
        int slots = firstSlot[position + 1] - firstSlot[position];
        return (firstSlot[position] + Math.floorMod(turn, slots)) * slotBytes;
    }

    /** Writes all slots, without a version. */
    public void writeTo(DataOutput out) throws IOException {
        out.write(slots);
    }

    /** Reads what {@link #writeTo} wrote for the same shape. */
    public void readFrom(DataInput in) throws IOException {
        in.readFully(slots);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IssuedForecasts that && Arrays.equals(slots, that.slots);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(slots);
    }
}
