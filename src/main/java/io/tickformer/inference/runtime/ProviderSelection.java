package io.tickformer.inference.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens sessions on the provider asked for, and says what is missing where it is not there. */
final class ProviderSelection {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderSelection.class);
    private static final CpuFallbackNotice FALLBACK = new CpuFallbackNotice(LOG::info);

    private ProviderSelection() {}

    static <T> T open(
            byte[] onnx,
            RunnerOptions options,
            BiFunction<OrtSession, ExecutionProvider, T> result) {
        return switch (options.provider()) {
            case CPU -> result.apply(onCpu(onnx, options), ExecutionProvider.CPU);
            case CUDA -> result.apply(onCuda(onnx, options), ExecutionProvider.CUDA);
            case AUTO -> onBest(onnx, options, result);
        };
    }

    private static <T> T onBest(
            byte[] onnx,
            RunnerOptions options,
            BiFunction<OrtSession, ExecutionProvider, T> result) {
        OrtSession session;
        try {
            session = onCuda(onnx, options);
        } catch (InferenceException e) {
            // Also where the file is at fault: the processor then fails too and says why.
            OrtSession fallback = onCpu(onnx, options);
            FALLBACK.give(e.getMessage());
            return result.apply(fallback, ExecutionProvider.CPU);
        }
        return result.apply(session, ExecutionProvider.CUDA);
    }

    private static OrtSession onCpu(byte[] onnx, RunnerOptions options) {
        OrtEnvironment environment = RuntimeLibrary.environment();
        try (OrtSession.SessionOptions session = sessionOptions(options)) {
            return environment.createSession(onnx, session);
        } catch (OrtException e) {
            throw new InferenceException(
                    "the ONNX file of %d bytes cannot be opened: %s"
                            .formatted(onnx.length, OrtMessages.of(e)),
                    e);
        }
    }

    private static OrtSession onCuda(byte[] onnx, RunnerOptions options) {
        OrtEnvironment environment = RuntimeLibrary.environment();
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            throw new InferenceException(
                    ("provider cuda is not there: this build of ONNX Runtime %s offers %s; build"
                                    + " with the Maven profile gpu (mvn -Pgpu package), or use"
                                    + " provider cpu or auto")
                            .formatted(
                                    environment.getVersion(),
                                    OrtEnvironment.getAvailableProviders()));
        }
        try (OrtSession.SessionOptions session = sessionOptions(options)) {
            session.addCUDA();
            return environment.createSession(onnx, session);
        } catch (OrtException e) {
            throw new InferenceException(
                    ("provider cuda cannot start; expected an NVIDIA GPU with its driver, and the"
                                    + " libraries of CUDA 12 and cuDNN 9 on the library path (or"
                                    + " use provider cpu or auto): %s")
                            .formatted(OrtMessages.of(e)),
                    e);
        }
    }

    private static OrtSession.SessionOptions sessionOptions(RunnerOptions options)
            throws OrtException {
        OrtSession.SessionOptions session = new OrtSession.SessionOptions();
        // What it has to say of a file comes as an exception; its log would come on top, on the
        // terminal and in several lines. No library of custom ops is ever registered here.
        session.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
        session.setIntraOpNumThreads(options.threads());
        session.setInterOpNumThreads(1);
        session.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        // Idle threads sleep: the cores belong to Flink's tasks.
        session.addConfigEntry("session.intra_op.allow_spinning", "0");
        session.addConfigEntry("session.inter_op.allow_spinning", "0");
        return session;
    }
}
