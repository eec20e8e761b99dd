package io.tickformer.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickformer.event.Tick;
import io.tickformer.spec.SeasonalNaive;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LiveStateTest {
    @Test
    void seriesBeyondTheLimitAreCountedAndNotKept() throws IOException {
        LiveState state =
                new LiveState(List.of(), 100, 2, new SeasonalNaive(2), 2, new AtomicLong()::get);
        for (String series : List.of("a", "b", "c", "a", "c")) {
            state.sent(new Tick(series, 1, 1));
        }
        state.settle(List.of(new Tick("a", 1, 1), new Tick("c", 1, 1)));

        JsonNode overview = new ObjectMapper().readTree(state.overview());
        assertThat(overview.get("events").asInt()).isEqualTo(5);
        assertThat(overview.get("series").findValuesAsText("key")).containsExactly("a", "b");
        assertThat(state.plot("c", 0)).isNull();
    }
}
