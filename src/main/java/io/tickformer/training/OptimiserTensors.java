package io.tickformer.training;

import io.tickformer.inference.runtime.HostTensor;
import java.util.Map;

/** Off-heap tensors of an {@link OptimiserState}, which training steps read and write in place. */
final class OptimiserTensors implements AutoCloseable {
    private final HostTensor parameters;
    private final HostTensor firstMoment;
    private final HostTensor secondMoment;
    private final HostTensor average;

    OptimiserTensors(int size) {
        parameters = HostTensor.floats(size);
        firstMoment = HostTensor.floats(size);
        secondMoment = HostTensor.floats(size);
        average = HostTensor.floats(size);
    }

    HostTensor parameters() {
        return parameters;
    }

    HostTensor average() {
        return average;
    }

    void set(OptimiserState state) {
        parameters.floats().put(state.parameters());
        firstMoment.floats().put(state.firstMoment());
        secondMoment.floats().put(state.secondMoment());
        average.floats().put(state.average());
    }

    OptimiserState copy(long steps) {
        return new OptimiserState(
                parameters.toFloats(),
                firstMoment.toFloats(),
                secondMoment.toFloats(),
                average.toFloats(),
                steps);
    }

    void addTo(Map<String, HostTensor> named, String prefix) {
        named.put(prefix + TrainingGraphs.PARAMETERS, parameters);
        named.put(prefix + TrainingGraphs.FIRST_MOMENT, firstMoment);
        named.put(prefix + TrainingGraphs.SECOND_MOMENT, secondMoment);
        named.put(prefix + TrainingGraphs.AVERAGE, average);
    }

    @Override
    public void close() {
        parameters.close();
        firstMoment.close();
        secondMoment.close();
        average.close();
    }
}
