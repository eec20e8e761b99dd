package io.tickformer.inference.runtime;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what ONNX Runtime leaves in a process and cannot remove itself: a shutdown hook, which
 * keeps its class loader and so the native library in memory, and the folder that the library was
 * unpacked to.
 *
 * <p>ONNX Runtime does not expose the hook. It is found among the JVM's hooks: it was added while
 * the environment was made, and it has the context class loader of the thread that made it. This
 * needs {@code --add-opens=java.base/java.lang=ALL-UNNAMED}, which Flink gives to every process by
 * default. Without it, hook and folder stay until the process ends.
 */
final class UnpackedLibraryRemoval {
    private static final Logger LOG = LoggerFactory.getLogger(UnpackedLibraryRemoval.class);
    private static final String HOOKS = "java.lang.ApplicationShutdownHooks";

    /** The shutdown hooks before the runtime was loaded; null if they are not accessible. */
    private final Set<Thread> before;

    private UnpackedLibraryRemoval(Set<Thread> before) {
        this.before = before;
    }

    /** Takes note of the hooks; to be called before the environment is made. */
    static UnpackedLibraryRemoval before() {
        return new UnpackedLibraryRemoval(hooks());
    }

    private static Set<Thread> hooks() {
        try {
            Class<?> type = Class.forName(HOOKS);
            // The JVM holds the same lock when it adds one.
            synchronized (type) {
                Map<?, ?> hooks = (Map<?, ?>) accessible(type, "hooks").get(null);
                Set<Thread> copy = Collections.newSetFromMap(new IdentityHashMap<>());
                // Null once the process is ending.
                if (hooks != null) {
                    hooks.keySet().forEach(each -> copy.add((Thread) each));
                }
                return copy;
            }
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            LOG.warn(
                    "ONNX Runtime and the class loader of this submission will stay in memory until"
                            + " the process ends: start it with"
                            + " --add-opens=java.base/java.lang=ALL-UNNAMED, or put the jar of ONNX"
                            + " Runtime into Flink's lib folder ({})",
                    e.toString());
            return null;
        }
    }

    /** Closes the environment, and removes hook and folder if possible. */
    void remove() {
        if (before == null) {
            return;
        }
        try {
            List<Thread> ours = new ArrayList<>();
            for (Thread hook : hooks()) {
                if (!before.contains(hook)
                        && hook.getContextClassLoader() == OrtEnvironment.class.getClassLoader()) {
                    ours.add(hook);
                }
            }
            for (Thread hook : ours) {
                if (Runtime.getRuntime().removeShutdownHook(hook)) {
                    hook.start();
                    hook.join();
                }
            }
            accessible(OrtEnvironment.class, "INSTANCE").set(null, null);
            Class<?> library = Class.forName("ai.onnxruntime.OnnxRuntime");
            if (accessible(library, "tempDirectory").get(null) instanceof Path folder) {
                delete(folder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            LOG.debug("The process ends, and ONNX Runtime with it", e);
        } catch (ReflectiveOperationException | IOException e) {
            LOG.warn("What ONNX Runtime has left cannot be removed: {}", e.toString());
        }
    }

    private static Field accessible(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
