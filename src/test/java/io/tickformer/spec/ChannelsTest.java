package io.tickformer.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.spec.Channels.Entity;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelsTest {
    private final Channels channels = new Channels(List.of("power", "line.voltage"));

    @Test
    void aSeriesIsTheChannelThatItsKeyEndsIn() {
        assertThat(channels.channelOf("m1/power")).isZero();
        assertThat(channels.channelOf("a/b/line.voltage")).isEqualTo(1);
        assertThat(channels.channelOf("power")).isZero();
        assertThat(channels.channelOf("m1/horsepower")).isNegative();
        assertThat(channels.keyOf("m1/power")).isEqualTo("m1");
        assertThat(channels.keyOf("a/power/line.voltage")).isEqualTo("a/power");
        assertThat(channels.keyOf("power")).isEmpty();
    }

    @Test
    void keyAndChannelGiveTheSeriesBack() {
        for (String series : List.of("m1/power", "a/b/line.voltage", "power")) {
            assertThat(channels.seriesOf(channels.keyOf(series), channels.channelOf(series)))
                    .isEqualTo(series);
        }
    }

    @Test
    void aSeriesThatIsNoChannelHasNoRecord() {
        assertThatThrownBy(() -> channels.keyOf("m1/current"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "series m1/current belongs to none of the channels [power, line.voltage]");
    }

    @Test
    void recordsAreInTheOrderOfTheirKeysAndMayLackAChannel() {
        List<String> series =
                Arrays.asList("z/power", "b/line.voltage", "other", "b/power", "power");

        assertThat(channels.entities(series))
                .containsExactly(
                        new Entity("", List.of(4, Entity.ABSENT)),
                        new Entity("b", List.of(3, 1)),
                        new Entity("z", List.of(0, Entity.ABSENT)));
    }

    @Test
    void withoutNamesEverySeriesIsARecord() {
        Channels none = new Channels(List.of());

        assertThat(none.entities(List.of("b", "a/power")))
                .containsExactly(new Entity("b", List.of(0)), new Entity("a/power", List.of(1)));
        assertThat(none.keyOf("a/power")).isEqualTo("a/power");
        assertThat(none.seriesOf("a/power", 0)).isEqualTo("a/power");
        assertThat(none.width()).isEqualTo(1);
    }

    @Test
    void namesThatTellNoSeriesFromAnotherAreRefused() {
        assertRefused(List.of("power"), "channels is [power]; expected two or more, or none");
        assertRefused(List.of("a", "a"), "channels is [a, a]; expected each of them once");
        assertRefused(List.of("a", " "), "channels is [a,  ]; expected names that are not blank");
        assertRefused(
                List.of("b", "a/b"),
                "channels is [b, a/b]; expected none that ends in /b, as a/b does");
    }

    private static void assertRefused(List<String> names, String message) {
        assertThatThrownBy(() -> new Channels(names))
                .isInstanceOf(SpecException.class)
                .hasMessage(message);
    }
}
