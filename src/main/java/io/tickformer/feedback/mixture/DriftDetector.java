package io.tickformer.feedback.mixture;

import io.tickformer.annotation.Internal;
import io.tickformer.event.UnknownFormatException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * Notices that many series degrade together. One series that is forecast worse than usual says
 * something about that series; many at once say something about the model or the world.
 *
 * <p>Every series reports at every tick whether it is {@linkplain Degradation degraded}. Of each
 * tick the detector compares the share of degraded series to the share that is usual, a running
 * mean over ticks. Evidence is n KL(share, usual): the log-likelihood ratio of the number of
 * degraded series under its own share and under the usual one (Kullback and Leibler 1951). A drift
 * begins after {@value #TICKS_TO_BEGIN} ticks in a row with a share of at least {@value
 * #LEAST_EXCESS} above the usual and evidence of at least {@value #LEAST_EVIDENCE}. It ends after
 * as many ticks with less than half of that excess. While a drift lasts, the usual share stays. A
 * drift of {@value #LONGEST} ticks is the new usual: it ends, and the usual share begins anew.
 *
 * <p>Reports of a tick may come in any order among those of the tick before and the tick after. A
 * tick is judged when a report comes that is two ticks later. A report that comes after that is
 * left out. The events are a function of the order of reports. Mutable and not thread-safe; a few
 * numbers, whatever the number of series.
 */
@Internal
public final class DriftDetector {
    private static final int TICKS_TO_BEGIN = 3;
    private static final double LEAST_EXCESS = 0.2;
    private static final double LEAST_EVIDENCE = 9.0;
    private static final int LONGEST = 2_000;

    /** Fewer series are no crowd. */
    private static final int LEAST_SERIES = 5;

    private static final double USUAL_RATE = 0.005;
    private static final double LEAST_USUAL = 0.02;

    /** Version of the binary form. */
    private static final int VERSION = 1;

    /** Ticks whose reports are counted: the newest and the one before. */
    private static final int OPEN = 2;

    private final int[] series = new int[OPEN];
    private final int[] degraded = new int[OPEN];
    private final double[] ratios = new double[OPEN];
    private long newest = Long.MIN_VALUE;
    private double usualShare;
    private int judged;
    private int row;
    private int lasting;

    /**
     * A series was scored at a tick.
     *
     * @param isDegraded whether it is forecast worse than usual
     * @param errorRatio its recent errors as a multiple of its usual errors
     * @return an event if that closes a tick at which a drift begins or ends
     */
    public Optional<DriftEvent> report(long tick, boolean isDegraded, double errorRatio) {
        return report(tick, 1, isDegraded ? 1 : 0, errorRatio);
    }

    /**
     * Some series were scored at a tick.
     *
     * @param scored how many
     * @param worse how many of them are forecast worse than usual
     * @param errorRatios the sum of their recent errors as multiples of their usual errors
     * @return an event if that closes a tick at which a drift begins or ends
     */
    public Optional<DriftEvent> report(long tick, int scored, int worse, double errorRatios) {
        Optional<DriftEvent> event = Optional.empty();
        if (newest == Long.MIN_VALUE) {
            newest = tick;
        }
        while (tick > newest) {
            // Ticks without any report in between are nobody's, and are skipped.
            newest = isEmpty() ? tick : newest + 1;
            Optional<DriftEvent> closed = close(newest - OPEN);
            event = closed.isPresent() ? closed : event;
        }
        if (tick > newest - OPEN) {
            int at = slot(tick);
            series[at] += scored;
            degraded[at] += worse;
            ratios[at] += errorRatios;
        }
        return event;
    }

    /** Whether a drift has begun and not ended. */
    public boolean isDrifting() {
        return lasting > 0;
    }

    private boolean isEmpty() {
        return series[0] == 0 && series[1] == 0;
    }

    private static int slot(long tick) {
        return (int) Math.floorMod(tick, (long) OPEN);
    }

    /** Judges a tick and makes its slot free. */
    private Optional<DriftEvent> close(long tick) {
        int at = slot(tick);
        int all = series[at];
        int worse = degraded[at];
        double ratio = ratios[at] / all;
        series[at] = 0;
        degraded[at] = 0;
        ratios[at] = 0;
        if (all < LEAST_SERIES) {
            return Optional.empty();
        }
        double usual = Math.max(LEAST_USUAL, usualShare);
        double share = worse / (double) all;
        double evidence = share > usual ? all * divergence(share, usual) : 0;
        boolean isDrifting = lasting > 0;
        boolean isBeyond = share - usual >= LEAST_EXCESS && evidence >= LEAST_EVIDENCE;
        boolean isTurn = isDrifting ? share - usual < LEAST_EXCESS / 2 : isBeyond;
        row = isTurn ? row + 1 : 0;
        boolean isOver = isDrifting && ++lasting > LONGEST;
        if (row >= TICKS_TO_BEGIN || isOver) {
            row = 0;
            lasting = isDrifting ? 0 : 1;
            judged = isOver ? 0 : judged;
            return Optional.of(
                    new DriftEvent(tick, !isDrifting, all, worse, usual, ratio, evidence));
        }
        if (!isDrifting) {
            judged++;
            usualShare += Math.max(USUAL_RATE, 1.0 / judged) * (share - usualShare);
        }
        return Optional.empty();
    }

    /** The Kullback-Leibler divergence of two probabilities of an event, in nats. */
    private static double divergence(double share, double usual) {
        double other = share == 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - usual));
        return share * Math.log(share / usual) + other;
    }

    /** Writes the state, beginning with the version of its form. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        for (int i = 0; i < OPEN; i++) {
            out.writeInt(series[i]);
            out.writeInt(degraded[i]);
            out.writeDouble(ratios[i]);
        }
        out.writeLong(newest);
        out.writeDouble(usualShare);
        out.writeInt(judged);
        out.writeInt(row);
        out.writeInt(lasting);
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @throws UnknownFormatException if the version is unknown
     * @throws IOException if the bytes end early
     */
    public static DriftDetector readFrom(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw UnknownFormatException.of("a drift detector", version, VERSION);
        }
        DriftDetector detector = new DriftDetector();
        for (int i = 0; i < OPEN; i++) {
            detector.series[i] = in.readInt();
            detector.degraded[i] = in.readInt();
            detector.ratios[i] = in.readDouble();
        }
        detector.newest = in.readLong();
        detector.usualShare = in.readDouble();
        detector.judged = in.readInt();
        detector.row = in.readInt();
        detector.lasting = in.readInt();
        return detector;
    }
}
