package io.tickformer.lab.chaos;

import io.tickformer.lab.chaos.Fault.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The faults of a run, a function of the seed. All processes are killed in turns, in a new order
 * each round. Most faults wait until the job has recovered and then for a while. Some strike before
 * that, and some together with the previous one.
 */
final class FaultPlan {
    private static final double TOGETHER = 0.15;
    private static final double MEANWHILE = 0.3;

    private FaultPlan() {}

    /** A number of faults over all processes. */
    static List<Fault> of(int count, long seed) {
        Random random = new Random(seed);
        List<Fault> faults = new ArrayList<>();
        List<FaultTarget> round = new ArrayList<>(Arrays.asList(FaultTarget.values()));
        for (int i = 0; i < count; i++) {
            int place = i % round.size();
            if (place == 0) {
                Collections.shuffle(round, random);
            }
            FaultTarget target = round.get(place);
            double chance = random.nextDouble();
            boolean again = i > 0 && faults.get(i - 1).target() == target;
            if (i == 0 || again || chance >= TOGETHER + MEANWHILE) {
                faults.add(fault(i, target, Moment.RECOVERED, 500, 4_000, random));
            } else if (chance < TOGETHER) {
                faults.add(fault(i, target, Moment.MEANWHILE, 0, 1, random));
            } else {
                faults.add(fault(i, target, Moment.MEANWHILE, 500, 8_000, random));
            }
        }
        return faults;
    }

    /** Two faults, a TaskManager and the JobManager, each after the job has recovered. */
    static List<Fault> quick(long seed) {
        Random random = new Random(seed);
        List<Fault> faults = new ArrayList<>();
        for (FaultTarget target : List.of(FaultTarget.TASK_MANAGER_1, FaultTarget.JOB_MANAGER)) {
            faults.add(fault(faults.size(), target, Moment.RECOVERED, 500, 1_500, random));
        }
        return faults;
    }

    private static Fault fault(
            int index,
            FaultTarget target,
            Moment moment,
            int fromMillis,
            int toMillis,
            Random random) {
        return new Fault(
                index + 1,
                target,
                moment,
                Duration.ofMillis(random.nextInt(fromMillis, toMillis)),
                Duration.ofMillis(random.nextInt(1_500)));
    }
}
