package io.tickformer.cli.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks the Java virtual machine of this process. */
final class JavaCheck implements Check {
    /** The newest release that Flink 2.3 is tested with. */
    private static final int NEWEST = 21;

    private static final int OLDEST = 17;

    /** Processors for which ONNX Runtime's jar has a library. */
    private static final Set<String> PROCESSORS = Set.of("amd64", "x86_64", "aarch64", "arm64");

    private final int feature;
    private final String version;
    private final String system;
    private final String processor;

    /**
     * @param feature feature release, such as 17
     * @param version full version
     * @param system name of the operating system
     * @param processor architecture of the processor
     */
    JavaCheck(int feature, String version, String system, String processor) {
        this.feature = feature;
        this.version = version;
        this.system = system;
        this.processor = processor;
    }

    static JavaCheck ofThisProcess() {
        return new JavaCheck(
                Runtime.version().feature(),
                "%s (%s)"
                        .formatted(
                                System.getProperty("java.version"),
                                System.getProperty("java.vendor")),
                System.getProperty("os.name"),
                System.getProperty("os.arch"));
    }

    @Override
    public List<Subject> subjects() {
        return List.of(Subject.JAVA);
    }

    @Override
    public void run(Examination examination, Findings findings) {
        String seen = "Java %s on %s %s".formatted(version, system, processor);
        if (!PROCESSORS.contains(processor.toLowerCase(Locale.ROOT))) {
            findings.problem(
                    Subject.JAVA,
                    seen + "; ONNX Runtime has no library for this processor",
                    "use a 64-bit Java on x86-64 or ARM");
        } else if (feature < OLDEST) {
            findings.problem(Subject.JAVA, seen, "use Java 17 or 21");
        } else if (feature > NEWEST) {
            findings.warning(
                    Subject.JAVA,
                    seen + "; Flink 2.3 is tested with Java 17 and 21",
                    "use Java 17 or 21 if the job fails in a way that nothing explains");
        } else {
            findings.ok(Subject.JAVA, seen);
        }
    }
}
