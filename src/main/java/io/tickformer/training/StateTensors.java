package io.tickformer.training;

import io.tickformer.inference.HostTensor;
import java.util.Map;

/** Parameters and moments in tensors that a step reads or writes in place. */
final class StateTensors implements AutoCloseable {
    private final HostTensor parameters;
    private final HostTensor firstMoment;
    private final HostTensor secondMoment;

    StateTensors(int size) {
        parameters = HostTensor.floats(size);
        firstMoment = HostTensor.floats(size);
        secondMoment = HostTensor.floats(size);
    }

    HostTensor parameters() {
        return parameters;
    }

    void set(TrainingState state) {
        parameters.floats().put(state.parameters());
        firstMoment.floats().put(state.firstMoment());
        secondMoment.floats().put(state.secondMoment());
    }

    TrainingState copy(long steps) {
        return new TrainingState(
                parameters.toFloats(), firstMoment.toFloats(), secondMoment.toFloats(), steps);
    }

    void addTo(Map<String, HostTensor> named, String prefix) {
        named.put(prefix + TrainingGraphs.PARAMETERS, parameters);
        named.put(prefix + TrainingGraphs.FIRST_MOMENT, firstMoment);
        named.put(prefix + TrainingGraphs.SECOND_MOMENT, secondMoment);
    }

    @Override
    public void close() {
        parameters.close();
        firstMoment.close();
        secondMoment.close();
    }
}
