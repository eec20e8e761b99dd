package io.tickformer.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What another JVM of this machine holds, as {@code jcmd} and Linux tell it. */
public final class JvmProbe {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern METASPACE = Pattern.compile("Metaspace\\s+used (\\d+)K");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private final long pid;

    public JvmProbe(long pid) {
        this.pid = pid;
    }

    /** Objects of a class, its subclasses not counted, that a full collection leaves. */
    public long living(String className) throws IOException, InterruptedException {
        // "num: instances bytes class"; the first collection is the histogram's own.
        Pattern row = Pattern.compile("\\s(\\d+)\\s+\\d+\\s+" + Pattern.quote(className) + "\\s");
        Matcher matcher = row.matcher(jcmd("GC.class_histogram"));
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** Metaspace in use. */
    public long metaspaceBytes() throws IOException, InterruptedException {
        return kibibytes(METASPACE, jcmd("GC.heap_info"));
    }

    /** Memory of the process that is resident. */
    public long residentBytes() throws IOException {
        return kibibytes(RESIDENT, Files.readString(Path.of("/proc/" + pid + "/status")));
    }

    /** Native libraries of that name that are mapped into the process. */
    public long mapped(String library) throws IOException {
        try (Stream<String> maps = Files.lines(Path.of("/proc/" + pid + "/maps"))) {
            return maps.filter(line -> line.contains(library))
                    .map(line -> line.substring(line.indexOf('/')))
                    .distinct()
                    .count();
        }
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try (WatchedProcess process =
                WatchedProcess.start(
                        "jcmd", List.of(program, String.valueOf(pid), command), Map.of())) {
            return process.awaitEnd(PATIENCE);
        }
    }

    private static long kibibytes(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("nothing matches %s in %s".formatted(pattern, text));
        }
        return Long.parseLong(matcher.group(1)) << 10;
    }
}
