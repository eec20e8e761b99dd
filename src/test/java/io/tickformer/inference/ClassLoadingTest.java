package io.tickformer.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import io.tickformer.context.SeriesContext;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.RuntimeLibrary;
import io.tickformer.testing.TestModels;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Submissions of a job to one process: each has a class loader of its own. */
final class ClassLoadingTest {
    private static final int COLLECTIONS = 3;

    /** What a submission does with its model, from start to end. */
    public static final class Submission implements Callable<String> {
        @Override
        public String call() {
            byte[] onnx = TestModels.transformer(TestModels.STREAMING, 4);
            try (SharedModels.Lease lease =
                            SharedModels.acquire(onnx, null, ExecutionProvider.AUTO);
                    MicroBatch batch = lease.model().newMicroBatch(1, ForecastSelection.ALL)) {
                SeriesContext context = SeriesContext.of(TestModels.STREAMING);
                context.update(0, 1);
                batch.add(context);
                batch.run();
                return batch.forecast(0, "s").quality().name();
            }
        }
    }

    /** One that ends as it does on a TaskManager: once its tasks are gone, the runtime goes. */
    public static final class ReleasedSubmission implements Callable<String> {
        @Override
        public String call() {
            String quality = new Submission().call();
            Path folder = unpacked();
            OnnxRuntimeUnloader.release();
            return Files.exists(folder) ? folder + " is still there" : quality;
        }
    }

    /** One that goes on after that. */
    public static final class RepeatedSubmission implements Callable<String> {
        @Override
        public String call() {
            new ReleasedSubmission().call();
            return new ReleasedSubmission().call();
        }
    }

    private static URL[] classPath(Predicate<String> entries) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (entries.test(entry)) {
                urls.add(new File(entry).toURI().toURL());
            }
        }
        return urls.toArray(new URL[0]);
    }

    /** What Flink's own class loader holds in every case. */
    private static boolean logs(String entry) {
        return entry.contains("slf4j") || entry.contains("log4j");
    }

    private static boolean onnxRuntime(String entry) {
        return new File(entry).getName().startsWith("onnxruntime");
    }

    private static WeakReference<ClassLoader> submit(ClassLoader parent, Predicate<String> jar)
            throws Exception {
        return submit(Submission.class, parent, jar);
    }

    private static WeakReference<ClassLoader> submit(
            Class<?> submitted, ClassLoader parent, Predicate<String> jar) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(classPath(jar), parent)) {
            Class<?> type = loader.loadClass(submitted.getName());
            assertThat(type).isNotSameAs(submitted);
            Callable<?> submission = (Callable<?>) type.getConstructor().newInstance();
            // On a thread that ends, as a task's does, with all that libraries tie to it.
            FutureTask<Object> task = new FutureTask<>(submission::call);
            Thread thread = new Thread(task);
            thread.setContextClassLoader(loader);
            thread.start();
            assertThat(task.get()).isEqualTo("WARMING_UP");
            thread.join();
            return new WeakReference<>(loader);
        }
    }

    private static URLClassLoader flink(Predicate<String> entries) throws IOException {
        return new URLClassLoader(classPath(entries), ClassLoader.getPlatformClassLoader());
    }

    @Test
    void withOnnxRuntimeInTheJobJarEverySubmissionRuns() throws Exception {
        try (URLClassLoader flink = flink(ClassLoadingTest::logs)) {
            for (int submission = 0; submission < 3; submission++) {
                submit(flink, entry -> !logs(entry));
            }
        }
    }

    /** One class loader may stay: a thread of the JVM remembers the code that made it. */
    @Test
    void onceReleasedSubmissionsWithOnnxRuntimeInTheJobJarDoNotPileUp() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        try (URLClassLoader flink = flink(ClassLoadingTest::logs)) {
            for (int submission = 0; submission < 3; submission++) {
                loaders.add(submit(ReleasedSubmission.class, flink, entry -> !logs(entry)));
            }
            loaders.add(submit(RepeatedSubmission.class, flink, entry -> !logs(entry)));
            // Whoever remembers the last one only has forgotten those before.
            submit(ReleasedSubmission.class, flink, entry -> !logs(entry));
            for (int i = 0; i < COLLECTIONS; i++) {
                System.gc();
            }

            assertThat(loaders).filteredOn(loader -> loader.get() != null).hasSizeLessThan(2);
        }
    }

    /** Where the library was unpacked to, for the class loader of the caller. */
    private static Path unpacked() {
        try {
            Field folder =
                    Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("tempDirectory");
            folder.setAccessible(true);
            return (Path) folder.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whereTheRuntimeBelongsToTheProcessAReleaseLeavesItThere() {
        OnnxRuntimeUnloader.release();
        assertThat(RuntimeLibrary.environment()).isSameAs(OrtEnvironment.getEnvironment());
        byte[] onnx = TestModels.transformer(TestModels.STREAMING, 4);
        try (ForecastModel model = ForecastModel.open(onnx, ExecutionProvider.CPU)) {
            OnnxRuntimeUnloader.release();
            model.newMicroBatch(1, ForecastSelection.ALL).close();
        }
    }

    /**
     * The first submission loads the library, and its class loader stays: ONNX Runtime registers a
     * shutdown hook, and a thread remembers the code that made it.
     */
    @Test
    void withOnnxRuntimeInFlinksLibNothingOfALaterSubmissionStaysBehind() throws Exception {
        try (URLClassLoader flink = flink(entry -> logs(entry) || onnxRuntime(entry))) {
            Predicate<String> jobJar = entry -> !logs(entry) && !onnxRuntime(entry);
            submit(flink, jobJar);
            List<WeakReference<ClassLoader>> later = new ArrayList<>();
            later.add(submit(flink, jobJar));
            later.add(submit(flink, jobJar));
            // Whoever remembers the last one only has forgotten those before.
            submit(flink, jobJar);
            for (int i = 0; i < COLLECTIONS; i++) {
                System.gc();
            }

            assertThat(later).allMatch(loader -> loader.get() == null);
        }
    }
}
