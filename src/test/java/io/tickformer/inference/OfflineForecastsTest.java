package io.tickformer.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.Tick;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.testing.TestModels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class OfflineForecastsTest {
    private static final ForecastModel MODEL =
            ForecastModel.open(
                    TestModels.transformer(TestModels.STREAMING, 8), ExecutionProvider.CPU);

    @AfterAll
    static void closeModel() {
        MODEL.close();
    }

    private static List<Tick> wave(String series, int ticks) {
        List<Tick> wave = new ArrayList<>();
        for (int tick = 0; tick < ticks; tick++) {
            wave.add(new Tick(series, tick, 20 + 5 * Math.sin(tick / 3.0)));
        }
        return wave;
    }

    private static List<Forecast> replay(List<Tick> ticks, int microBatch) {
        try (OfflineForecasts offline =
                new OfflineForecasts(MODEL, microBatch, ForecastSelection.ALL)) {
            return offline.replay(ticks);
        }
    }

    @Test
    void everyTickOfEverySeriesIsForecastInOrder() {
        List<Tick> ticks = new ArrayList<>();
        List<Tick> b = wave("b", 12);
        for (Tick a : wave("a", 12)) {
            ticks.add(a);
            ticks.add(b.get((int) a.index()));
        }

        List<Forecast> forecasts = replay(ticks, 5);

        assertThat(forecasts).hasSize(24);
        for (int i = 0; i < 24; i++) {
            assertThat(forecasts.get(i).series()).isEqualTo(ticks.get(i).series());
            assertThat(forecasts.get(i).tickIndex()).isEqualTo(ticks.get(i).index());
        }
        assertThat(forecasts.get(0).quality()).isEqualTo(ForecastQuality.WARMING_UP);
        assertThat(forecasts.get(23).quality()).isEqualTo(ForecastQuality.OK);
    }

    @Test
    void aHistoryFedInPartsGivesTheSameForecasts() {
        List<Tick> ticks = wave("a", 20);
        List<Forecast> parts = new ArrayList<>();
        try (OfflineForecasts offline = new OfflineForecasts(MODEL, 1, ForecastSelection.ALL)) {
            offline.replay(ticks.subList(0, 7), parts::add);
            offline.replay(ticks.subList(7, 20), parts::add);
        }

        assertThat(parts).isEqualTo(replay(ticks, 1));
    }

    @Test
    void aLateTickRevisesWhatFollowsAndIssuesNothing() {
        List<Tick> ticks = wave("a", 14);
        List<Tick> late = new ArrayList<>(ticks);
        Tick moved = late.remove(11);
        late.add(12, moved);

        List<Forecast> forecasts = replay(late, 1);

        assertThat(forecasts).hasSize(13);
        assertThat(forecasts.get(11).tickIndex()).isEqualTo(12);
        List<Forecast> inTime = replay(ticks, 1);
        assertThat(forecasts.get(11)).isNotEqualTo(inTime.get(12));
        assertThat(forecasts.get(12)).isEqualTo(inTime.get(13));
    }

    @Test
    void changingALaterTickChangesNoEarlierForecast() {
        List<Tick> ticks = wave("a", 30);
        List<Tick> changed = new ArrayList<>(ticks);
        changed.set(20, new Tick("a", 20, -1e6));

        List<Forecast> forecasts = replay(ticks, 1);
        List<Forecast> afterChange = replay(changed, 1);

        assertThat(afterChange.subList(0, 20)).isEqualTo(forecasts.subList(0, 20));
        assertThat(afterChange.get(20)).isNotEqualTo(forecasts.get(20));
    }
}
