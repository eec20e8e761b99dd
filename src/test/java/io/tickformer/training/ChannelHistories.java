package io.tickformer.training;

import io.tickformer.history.History;
import io.tickformer.history.SeriesHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Histories of records with the channels {@code a} and {@code b}, on a grid of hours. */
final class ChannelHistories {
    static final List<String> CHANNELS = List.of("a", "b");

    private ChannelHistories() {}

    /** Noise in {@code b}, and in {@code a} what {@code b} was some ticks before. */
    static History leading(int ticks, int lead) {
        double[] noise = new SplittableRandom(5).doubles(ticks + lead).toArray();
        return new History(
                "leading",
                List.of(
                        Histories.of("a", ticks, tick -> 10 + 3 * noise[(int) tick]),
                        Histories.of("b", ticks, tick -> 200 * noise[(int) tick + lead])));
    }

    /** Records of several scales with gaps; the last one lacks {@code b}, which starts late. */
    static History gappy(int ticks) {
        List<SeriesHistory> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            SplittableRandom random = new SplittableRandom(i);
            double level = Math.pow(10, i);
            all.add(
                    Histories.of(
                            "r" + i + "/a",
                            ticks,
                            tick ->
                                    random.nextInt(9) == 0
                                            ? Double.NaN
                                            : level * (2 + Math.sin(tick / 4.0))));
            if (i < 2) {
                all.add(
                        Histories.of(
                                "r" + i + "/b",
                                ticks,
                                tick ->
                                        tick < 40 || random.nextInt(9) == 0
                                                ? Double.NaN
                                                : random.nextDouble()));
            }
        }
        return new History("gappy", all);
    }
}
