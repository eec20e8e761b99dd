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
 * A training snapshot: a file with everything that is needed to resume an interrupted training. A
 * resumed training computes the same weights, bit for bit, as one that was never interrupted.
 *
 * <p>Binary format, big-endian: magic {@code TFTS} (int); format version (int); the description as
 * count (int) and pairs of strings (modified UTF-8 with length); the finished runs as count (int),
 * each with its stop reason (string) and state; the state of the current run; the CRC-32 of all
 * preceding bytes (long). A state is the number of steps (long), the arrays of {@link
 * OptimiserState} in order, each as length (int) and floats, then the other components of {@link
 * RunState} in order, the curve as count (int) and points.
 *
 * @param description everything that the weights depend on, by name: settings, spec, data
 * @param done the runs that have ended, in the order of their seeds
 * @param run state of the current run
 */
record TrainingSnapshot(Map<String, String> description, List<EndedRun> done, RunState run) {
    private static final int MAGIC = 0x54465453;
    private static final int FORMAT_VERSION = 2;

    /** Writes the snapshot atomically. */
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
        for (EndedRun finished : done) {
            out.writeUTF(finished.stopReason().name());
            writeRun(out, finished.state());
        }
        writeRun(out, run);
        out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
        AtomicFile.write(file, bytes.toByteArray());
    }

    private static void writeRun(DataOutputStream out, RunState run) throws IOException {
        OptimiserState optimiser = run.optimiser();
        out.writeLong(optimiser.steps());
        writeFloats(out, optimiser.parameters());
        writeFloats(out, optimiser.firstMoment());
        writeFloats(out, optimiser.secondMoment());
        writeFloats(out, optimiser.average());
        writeFloats(out, run.bestParameters());
        writeCurve(out, run.curve());
        out.writeInt(run.best());
        out.writeDouble(run.lossSum());
        out.writeLong(run.lossCount());
        out.writeDouble(run.seconds());
    }

    /**
     * Reads a training snapshot.
     *
     * @throws TrainingException if the file is not a training snapshot, has another format version,
     *     or is damaged
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
            List<EndedRun> done = new ArrayList<>();
            int ended = in.readInt();
            for (int i = 0; i < ended; i++) {
                StopReason stopReason = StopReason.valueOf(in.readUTF());
                done.add(new EndedRun(stopReason, readRun(in)));
            }
            return new TrainingSnapshot(description, done, readRun(in));
        } catch (EOFException e) {
            throw damaged(file);
        }
    }

    /**
     * Checks that the snapshot belongs to a training with the given description.
     *
     * @throws TrainingException if it does not; the message names all differences
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

    private static RunState readRun(DataInputStream in) throws IOException {
        long steps = in.readLong();
        OptimiserState state =
                new OptimiserState(
                        readFloats(in), readFloats(in), readFloats(in), readFloats(in), steps);
        return new RunState(
                state,
                readFloats(in),
                readCurve(in),
                in.readInt(),
                in.readDouble(),
                in.readLong(),
                in.readDouble());
    }

    private static void writeCurve(DataOutputStream out, List<LearningCurvePoint> curve)
            throws IOException {
        out.writeInt(curve.size());
        for (LearningCurvePoint point : curve) {
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

    private static List<LearningCurvePoint> readCurve(DataInputStream in) throws IOException {
        List<LearningCurvePoint> curve = new ArrayList<>();
        int points = in.readInt();
        for (int i = 0; i < points; i++) {
            long step = in.readLong();
            double trainingLoss = in.readDouble();
            curve.add(
                    new LearningCurvePoint(
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
