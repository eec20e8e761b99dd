package io.tickformer.job;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.CompletedCheckpointStorageLocation;
import org.apache.flink.runtime.state.IncrementalKeyedStateHandle;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.SavepointKeyedStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.changelog.ChangelogStateBackendHandle;
import org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.CommonSerializerKeys;
import org.apache.flink.streaming.api.graph.StreamingJobGraphGenerator;

/**
 * The metadata of a savepoint or a retained checkpoint: its operators and the serializers of their
 * states. Only the metadata and the first bytes of a state are read, and not the state of any
 * series.
 */
final class Savepoint {
    /**
     * The format of the keyed state in a savepoint, which decides which state backend can read it.
     */
    enum Form {
        /** Any state backend can read it. */
        CANONICAL,
        /** The native format of the heap backend. */
        HEAP,
        /** The native format of RocksDB. */
        ROCKSDB
    }

    private final ClassLoader classes;
    private final List<OperatorState> operators;

    private Savepoint(ClassLoader classes, List<OperatorState> operators) {
        this.classes = classes;
        this.operators = operators;
    }

    /**
     * Reads the metadata.
     *
     * @param path a folder or its {@code _metadata} file, on any file system that Flink supports
     * @throws IOException if it does not exist or cannot be read
     */
    static Savepoint read(String path) throws IOException {
        ClassLoader classes = Savepoint.class.getClassLoader();
        CompletedCheckpointStorageLocation location =
                AbstractFsCheckpointStorageAccess.resolveCheckpointPointer(path);
        try (DataInputStream in =
                new DataInputStream(location.getMetadataHandle().openInputStream())) {
            CheckpointMetadata metadata =
                    Checkpoints.loadCheckpointMetadata(in, classes, location.getExternalPointer());
            return new Savepoint(classes, List.copyOf(metadata.getOperatorStates()));
        } catch (RuntimeException e) {
            throw unreadable(e);
        }
    }

    /** Flink throws various exceptions for bytes that are not a savepoint. */
    private static IOException unreadable(RuntimeException e) {
        return new IOException("it is damaged, or from another version of Flink (" + e + ")", e);
    }

    /** The id of an operator's state in Flink. */
    static OperatorID id(String uid) {
        return StreamingJobGraphGenerator.generateOperatorID(uid);
    }

    /** The operators that have state in the savepoint. */
    List<OperatorState> withState() {
        return operators.stream()
                .filter(
                        operator ->
                                operator.getCoordinatorState() != null
                                        || operator.getStates().stream()
                                                .anyMatch(state -> state.hasState()))
                .toList();
    }

    /** The format of an operator's keyed state; empty if it has none or the format is unknown. */
    Optional<Form> form(String uid) {
        return keyed(uid)
                .findFirst()
                .map(
                        handle -> {
                            if (handle instanceof SavepointKeyedStateHandle) {
                                return Form.CANONICAL;
                            }
                            if (handle instanceof KeyGroupsStateHandle) {
                                return Form.HEAP;
                            }
                            return handle instanceof IncrementalKeyedStateHandle
                                    ? Form.ROCKSDB
                                    : null;
                        });
    }

    /**
     * The serializer snapshot of an operator's keyed state; empty if there is no such state.
     *
     * @throws IOException if it cannot be read or was written by an unknown release
     */
    Optional<TypeSerializerSnapshot<?>> serializer(String uid, String state) throws IOException {
        Optional<StreamStateHandle> first =
                keyed(uid).flatMap(handle -> description(handle)).findFirst();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        KeyedBackendSerializationProxy<?> header = new KeyedBackendSerializationProxy<>(classes);
        try (DataInputViewStreamWrapper in =
                new DataInputViewStreamWrapper(first.get().openInputStream())) {
            header.read(in);
        } catch (RuntimeException e) {
            throw unreadable(e);
        }
        for (StateMetaInfoSnapshot each : header.getStateMetaInfoSnapshots()) {
            if (each.getName().equals(state)) {
                return Optional.of(
                        each.getTypeSerializerSnapshot(CommonSerializerKeys.VALUE_SERIALIZER));
            }
        }
        return Optional.empty();
    }

    private Stream<KeyedStateHandle> keyed(String uid) {
        OperatorID id = id(uid);
        return operators.stream()
                .filter(operator -> operator.getOperatorID().equals(id))
                .flatMap(operator -> operator.getStates().stream())
                .flatMap(state -> state.getManagedKeyedState().stream());
    }

    /** Finds the state metadata: each format begins with it or stores it in its own file. */
    private static Stream<StreamStateHandle> description(KeyedStateHandle handle) {
        if (handle instanceof KeyGroupsStateHandle groups) {
            return Stream.of(groups.getDelegateStateHandle());
        }
        if (handle instanceof IncrementalKeyedStateHandle files) {
            return Stream.of(files.getMetaDataStateHandle());
        }
        return handle instanceof ChangelogStateBackendHandle log
                ? log.getMaterializedStateHandles().stream().flatMap(Savepoint::description)
                : Stream.empty();
    }
}
