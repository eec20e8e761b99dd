package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestNameTest {
    private static final List<String> KNOWN =
            List.of("tick.length", "tick.aggregate", "sink.topic");

    @Test
    void aTypoFindsTheNameThatWasMeant() {
        assertThat(NearestName.to("tick.lenght", KNOWN)).contains("tick.length");
        assertThat(NearestName.to("ticklength", KNOWN)).contains("tick.length");
        assertThat(NearestName.to("sinktopics", KNOWN)).contains("sink.topic");
    }

    @Test
    void somethingElseFindsNothing() {
        assertThat(NearestName.to("colour", KNOWN)).isEmpty();
        assertThat(NearestName.to("x", List.of())).isEmpty();
    }

    @Test
    void theDistanceCountsInsertionsDeletionsAndSubstitutions() {
        assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearestName.distance("", "abc")).isEqualTo(3);
        assertThat(NearestName.distance("abc", "")).isEqualTo(3);
        assertThat(NearestName.distance("same", "same")).isZero();
    }
}
