package io.tickformer.process;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * Main class of a broker's process: formats its storage, then runs it, in one virtual machine
 * rather than two. The broker is on this process's class path only, hence the names as text.
 */
final class BrokerMain {
    private BrokerMain() {}

    /** Arguments: cluster id, path of the broker's properties. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Leash.holdTo(System.in);
        format(arguments[0], arguments[1]);
        Leash.run("kafka.Kafka", arguments[1]);
    }

    static void format(String clusterId, String properties) throws ReflectiveOperationException {
        Method execute =
                Class.forName("kafka.tools.StorageTool")
                        .getMethod("execute", String[].class, java.io.PrintStream.class);
        String[] arguments = {
            // Of one piece: an id may begin with a dash, which would make it an option.
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
