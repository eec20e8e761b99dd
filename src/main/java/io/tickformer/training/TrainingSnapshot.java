package io.tickformer.training;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * A training as it stands, in a file: what it was told and how far it came. Resuming from it goes
 * on bit for bit as if nothing had happened.
 *
 * <p>Binary form, big-endian: magic {@code TFTS} (int), version (int), the description as count
 * (int) and pairs of strings (modified UTF-8 with a length), the trainings done as count (int), how
 * each ended (string) and its course, the course of the next; a course is the steps done (long),
 * the arrays of {@link TrainingState} in its order, each as length (int) and floats, the rest of
 * {@link TrainingCourse} in its order, the curve as count (int) and points; last the CRC-32 of
 * everything before it (long).
 *
 * @param description what the numbers depend on, by name: settings, spec, data
 * @param done the trainings of seeds that have ended, in order
 * @param course how far that of the next seed came
 */
record TrainingSnapshot(
        Map<String, String> description, List<TrainingOutcome> done, TrainingCourse course) {
    private static final int MAGIC = 0x54465453;
    private static final int FORMAT_VERSION = 2;

    /** Writes it whole or not at all. */
    void write(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        out.writeInt(FORMAT_VERSION);
        out.writeInt(description.size());
        for (Map.Entry<String, String> entry : description.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeUTF(entry.getValue());
        }
        out.writeInt(done.size());
        for (TrainingOutcome outcome : done) {
            out.writeUTF(outcome.end().name());
            writeCourse(out, outcome.course());
        }
        writeCourse(out, course);
        out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
        AtomicFile.write(file, bytes.toByteArray());
    }

    private static void writeCourse(DataOutputStream out, TrainingCourse course)
            throws IOException {
        TrainingState state = course.state();
        out.writeLong(state.steps());
        writeFloats(out, state.parameters());
        writeFloats(out, state.firstMoment());
        writeFloats(out, state.secondMoment());
        writeFloats(out, state.average());
        writeFloats(out, course.bestParameters());
        writeCurve(out, course.curve());
        out.writeInt(course.best());
        out.writeDouble(course.lossSum());
        out.writeLong(course.lossCount());
        out.writeDouble(course.seconds());
    }

    /**
     * Reads a training snapshot.
     *
     * @throws TrainingException if it is no training snapshot, of another version, or damaged
     * @throws IOException if it cannot be read
     */
    static TrainingSnapshot read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        try {
            if (in.readInt() != MAGIC) {
                throw new TrainingException(file + ": this is no training snapshot");
            }
            int version = in.readInt();
            if (version != FORMAT_VERSION) {
                throw new TrainingException(
                        ("%s: the training snapshot has format version %d; expected %d: it was"
                                        + " written by another release, train anew")
                                .formatted(file, version, FORMAT_VERSION));
            }
            int end = Math.max(0, bytes.length - Long.BYTES);
            DataInputStream last =
                    new DataInputStream(new ByteArrayInputStream(bytes, end, Long.BYTES));
            if (last.readLong() != checksum(bytes, end)) {
                throw damaged(file);
            }
            Map<String, String> description = new LinkedHashMap<>();
            int entries = in.readInt();
            for (int i = 0; i < entries; i++) {
                description.put(in.readUTF(), in.readUTF());
            }
            List<TrainingOutcome> done = new ArrayList<>();
            int ended = in.readInt();
            for (int i = 0; i < ended; i++) {
                TrainingEnd why = TrainingEnd.valueOf(in.readUTF());
                done.add(new TrainingOutcome(why, readCourse(in)));
            }
            return new TrainingSnapshot(description, done, readCourse(in));
        } catch (EOFException e) {
            throw damaged(file);
        }
    }

    /**
     * Refuses to go on under another description.
     *
     * @throws TrainingException naming everything that differs
     */
    void requireDescription(Path file, Map<String, String> expected) {
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, String> entry : expected.entrySet()) {
            String kept = description.get(entry.getKey());
            if (!entry.getValue().equals(kept)) {
                differences.add(
                        "%s was %s and is now %s"
                                .formatted(entry.getKey(), kept, entry.getValue()));
            }
        }
        if (!differences.isEmpty()) {
            throw new TrainingException(
                    ("%s: the training snapshot belongs to another training: %s; resume with what it"
                                    + " was started with, or train anew without --resume")
                            .formatted(file, String.join("; ", differences)));
        }
    }

    private static TrainingException damaged(Path file) {
        return new TrainingException(
                file + ": the training snapshot is damaged; train anew without --resume");
    }

    private static void writeFloats(DataOutputStream out, float[] values) throws IOException {
        out.writeInt(values.length);
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    private static float[] readFloats(DataInputStream in) throws IOException {
        float[] values = new float[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }

    private static TrainingCourse readCourse(DataInputStream in) throws IOException {
        long steps = in.readLong();
        TrainingState state =
                new TrainingState(
                        readFloats(in), readFloats(in), readFloats(in), readFloats(in), steps);
        return new TrainingCourse(
                state,
                readFloats(in),
                readCurve(in),
                in.readInt(),
                in.readDouble(),
                in.readLong(),
                in.readDouble());
    }

    private static void writeCurve(DataOutputStream out, List<CurvePoint> curve)
            throws IOException {
        out.writeInt(curve.size());
        for (CurvePoint point : curve) {
            ValidationScores scores = point.validation();
            out.writeLong(point.step());
            out.writeDouble(point.trainingLoss());
            out.writeDouble(scores.loss());
            out.writeDouble(scores.pinball());
            out.writeDouble(scores.mse());
            out.writeDouble(scores.mae());
            out.writeDouble(scores.mseOfMean());
            out.writeDouble(scores.maeOfMean());
        }
    }

    private static List<CurvePoint> readCurve(DataInputStream in) throws IOException {
        List<CurvePoint> curve = new ArrayList<>();
        int points = in.readInt();
        for (int i = 0; i < points; i++) {
            long step = in.readLong();
            double trainingLoss = in.readDouble();
            curve.add(
                    new CurvePoint(
                            step,
                            trainingLoss,
                            new ValidationScores(
                                    in.readDouble(),
                                    in.readDouble(),
                                    in.readDouble(),
                                    in.readDouble(),
                                    in.readDouble(),
                                    in.readDouble())));
        }
        return curve;
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, length);
        return checksum.getValue();
    }
}
