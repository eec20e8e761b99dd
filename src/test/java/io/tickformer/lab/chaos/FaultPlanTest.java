package io.tickformer.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
    @Test
    void theSameSeedGivesTheSameFaultsAndAnotherSeedOthers() {
        assertThat(FaultPlan.of(20, 7)).isEqualTo(FaultPlan.of(20, 7));
        assertThat(FaultPlan.of(20, 7)).isNotEqualTo(FaultPlan.of(20, 8));
    }

    @Test
    void allProcessesAreHitInTurns() {
        for (long seed = 0; seed < 50; seed++) {
            Map<FaultTarget, Integer> hits = new EnumMap<>(FaultTarget.class);
            FaultPlan.of(20, seed).forEach(fault -> hits.merge(fault.target(), 1, Integer::sum));
            assertThat(hits)
                    .hasSize(5)
                    .allSatisfy((target, count) -> assertThat(count).isEqualTo(4));
        }
    }

    @Test
    void someFaultsStrikeTogetherAndSomeBeforeTheJobHasRecovered() {
        List<Fault> faults = FaultPlan.of(1000, 1);
        long meanwhile =
                faults.stream().filter(each -> each.moment() == Fault.Moment.MEANWHILE).count();
        long together =
                faults.stream()
                        .filter(each -> each.moment() == Fault.Moment.MEANWHILE)
                        .filter(each -> each.pause().isZero())
                        .count();
        assertThat(together).isBetween(50L, 300L);
        assertThat(meanwhile - together).isBetween(100L, 500L);
    }

    @Test
    void theFirstFaultAndTheSameProcessAgainWaitForTheRecovery() {
        for (long seed = 0; seed < 50; seed++) {
            List<Fault> faults = FaultPlan.of(100, seed);
            assertThat(faults.get(0).moment()).isEqualTo(Fault.Moment.RECOVERED);
            for (int i = 1; i < faults.size(); i++) {
                assertThat(faults.get(i).number()).isEqualTo(i + 1);
                if (faults.get(i).target() == faults.get(i - 1).target()) {
                    assertThat(faults.get(i).moment()).isEqualTo(Fault.Moment.RECOVERED);
                }
            }
        }
    }

    @Test
    void aQuickRunKillsATaskManagerAndTheJobManager() {
        assertThat(FaultPlan.quick(3))
                .extracting(Fault::target)
                .containsExactly(FaultTarget.TASK_MANAGER_1, FaultTarget.JOB_MANAGER);
    }
}
