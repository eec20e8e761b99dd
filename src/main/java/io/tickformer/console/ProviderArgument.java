package io.tickformer.console;

import io.tickformer.annotation.Internal;
import io.tickformer.inference.runtime.ExecutionProvider;
import picocli.CommandLine.Option;

/** The option that selects the ONNX Runtime provider. */
@Internal
public final class ProviderArgument {
    @Option(
            names = "--provider",
            paramLabel = "NAME",
            defaultValue = "cpu",
            description = "Provider that executes the model: cpu, cuda or auto.")
    private ExecutionProvider provider;

    public ExecutionProvider provider() {
        return provider;
    }
}
