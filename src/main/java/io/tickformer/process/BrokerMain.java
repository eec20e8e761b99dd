package io.tickformer.process;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * Main class of a broker process. It formats the storage and then runs the broker, in one JVM
 * instead of two. Kafka's server classes are on the class path of this process only, so they are
 * called by reflection.
 */
final class BrokerMain {
    private BrokerMain() {}

    /** Arguments: cluster id, path of the broker's properties. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        ParentProcessWatcher.start(System.in);
        format(arguments[0], arguments[1]);
        ParentProcessWatcher.run("kafka.Kafka", arguments[1]);
    }

    static void format(String clusterId, String properties) throws ReflectiveOperationException {
        Method execute =
                Class.forName("kafka.tools.StorageTool")
                        .getMethod("execute", String[].class, java.io.PrintStream.class);
        String[] arguments = {
            // One argument: an id that begins with a dash would be read as an option.
            "format", "--ignore-formatted", "--cluster-id=" + clusterId, "-c", properties,
        };
        try {
            int code = (int) execute.invoke(null, arguments, System.out);
            if (code != 0) {
                throw new IllegalStateException("formatting the storage ended with " + code);
            }
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the storage cannot be formatted", e.getCause());
        }
    }
}
