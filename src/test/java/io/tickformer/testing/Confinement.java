package io.tickformer.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a container does to a process, without a container: a root of its own that cannot be
 * written, another user, no capabilities and no way to get any. Linux alone can do that, for root,
 * with the programs {@code unshare}, {@code mount} and {@code setpriv}.
 */
public final class Confinement {
    /** The user {@code flink} of the image of Flink. */
    private static final int USER = 9999;

    /**
     * Puts the folders in place and makes everything else read-only. Its arguments: the folder that
     * stands for the root of the image, folders to keep at their own path, {@code --}, folders that
     * stay writable too, {@code ---}, the user, the command.
     */
    private static final String SCRIPT =
            """
            image="$1"
            shift
            mount --make-rprivate /
            mount --bind "$image" /mnt
            mount -t tmpfs tmpfs /opt
            for part in flink tickformer; do
                mkdir "/opt/$part"
                mount --bind "/mnt/opt/$part" "/opt/$part"
            done
            hold="$(mktemp -d /opt/hold.XXXX)"
            number=0
            for folder in "$@"; do
                if [ "$folder" = --- ]; then break; fi
                number=$((number + 1))
                if [ "$folder" != -- ]; then
                    mkdir "$hold/$number"
                    mount --bind "$folder" "$hold/$number"
                fi
            done
            mount -t tmpfs -o mode=1777 tmpfs /tmp
            number=0
            writable=
            while [ "$1" != --- ]; do
                number=$((number + 1))
                if [ "$1" = -- ]; then
                    writable=yes
                else
                    mkdir -p "$1"
                    mount --bind "$hold/$number" "$1"
                    if [ -z "$writable" ]; then mount -o remount,bind,ro "$1"; fi
                fi
                shift
            done
            shift
            for place in /opt/flink /opt/tickformer /opt /; do
                mount -o remount,bind,ro "$place"
            done
            user="$1"
            shift
            exec setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs \\
                --inh-caps=-all --bounding-set=-all "$@"
            """;

    private final Path image;
    private final List<Path> readable;
    private final List<Path> writable;

    /**
     * @param image folder that stands for the root of the image
     * @param readable folders that the process reads at their own path
     * @param writable folders, below those, that everyone may write to, as volumes
     */
    public Confinement(Path image, List<Path> readable, List<Path> writable) {
        this.image = image;
        this.readable = List.copyOf(readable);
        this.writable = List.copyOf(writable);
    }

    /** Whether this machine can confine a process, and that process can run this Java. */
    public boolean isPossible() throws IOException, InterruptedException {
        if (Path.of(System.getProperty("java.home")).startsWith("/opt")) {
            return false;
        }
        try {
            Process probe =
                    new ProcessBuilder(
                                    command(
                                            List.of(
                                                    System.getProperty("java.home") + "/bin/java",
                                                    "-version")))
                            .redirectErrorStream(true)
                            .start();
            probe.getInputStream().readAllBytes();
            return probe.waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    /** A command that confines itself and becomes the given one. */
    public List<String> command(List<String> inside) {
        List<String> command =
                new ArrayList<>(List.of("unshare", "--mount", "sh", "-euc", SCRIPT, "confined"));
        command.add(image.toString());
        readable.forEach(folder -> command.add(folder.toString()));
        command.add("--");
        writable.forEach(folder -> command.add(folder.toString()));
        command.add("---");
        command.add(String.valueOf(USER));
        command.addAll(inside);
        return command;
    }

    /** What is not as it should be of a process that was started by {@link #command}. */
    public static List<String> objections(long pid) throws IOException {
        List<String> objections = new ArrayList<>();
        String status =
                Files.readString(Path.of("/proc/" + pid + "/status"), StandardCharsets.UTF_8);
        for (String line :
                List.of(
                        "Uid:\t9999\t9999\t9999\t9999",
                        "NoNewPrivs:\t1",
                        "CapEff:\t0000000000000000",
                        "CapBnd:\t0000000000000000")) {
            if (!status.contains(line + "\n")) {
                objections.add("no '" + line + "' in the status of " + pid);
            }
        }
        String mounts = Files.readString(Path.of("/proc/" + pid + "/mountinfo"));
        for (String place : List.of("/", "/opt/flink", "/opt/tickformer")) {
            if (mounts.lines().noneMatch(line -> line.contains(" " + place + " ro"))) {
                objections.add(place + " can be written");
            }
        }
        return objections;
    }
}
