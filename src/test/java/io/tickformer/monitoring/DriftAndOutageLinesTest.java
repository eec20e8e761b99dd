package io.tickformer.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DriftAndOutageLinesTest {
    private final DriftAndOutageLines report = new DriftAndOutageLines();

    @Test
    void eachEventIsSaidOnce() {
        Readings readings = Readings.ofAJob();
        assertThat(report.on(readings.read())).isEmpty();

        readings.with(JobCounter.MODEL_OUTAGES, 1).with(JobCounter.MODEL_FAILURES, 7);
        assertThat(report.on(readings.read()))
                .singleElement()
                .asString()
                .startsWith("attention: the calls of the model fail");
        readings.with(JobCounter.MODEL_FAILURES, 9);
        assertThat(report.on(readings.read())).isEmpty();
        readings.with(JobCounter.MODEL_RECOVERIES, 1);
        assertThat(report.on(readings.read()))
                .containsExactly("the calls of the model succeed again");
        readings.with(JobCounter.MODEL_OUTAGES, 2);
        assertThat(report.on(readings.read())).hasSize(1);
    }

    @Test
    void aDriftThatComesAndGoesBetweenTwoLooksIsSaidInThatOrder() {
        Readings readings =
                Readings.ofAJob().with(JobCounter.DRIFTS_BEGUN, 2).with(JobCounter.DRIFTS_ENDED, 2);

        assertThat(report.on(readings.read()))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("attention: a drift begins"),
                        second -> assertThat(second).isEqualTo("the drift has ended"));
        assertThat(report.on(readings.read())).isEmpty();
    }

    @Test
    void aSubtaskThatCountsNoEventsReportsNone() {
        assertThat(report.on(Readings.ofASubtask().read())).isEmpty();
    }
}
