package io.tickformer.graph;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tickformer.annotation.Internal;
import io.tickformer.graph.Op.Elementwise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Builds one graph, op by op. Every method that adds an op checks its operands and throws a {@link
 * GraphException} that names op, operands and shapes. Names are deterministic: the same calls in
 * the same order give the same graph.
 *
 * <p>A builder has a floating type, which is the type of inputs, weights and constants unless said
 * otherwise. So one definition of a model gives a float graph to run and a double graph to check
 * gradients. Ops may be added after {@link #build}, as gradients are.
 *
 * <p>This class keeps names, inputs, outputs and nodes. The methods for single ops are in {@link
 * ElementwiseOps}, {@link LayoutOps} and {@link ReductionOps}.
 *
 * <p>Negative axes count from the end. Not thread-safe.
 */
@Internal
public final class GraphBuilder implements ElementwiseOps, LayoutOps, ReductionOps {
    private final ElementType floatType;
    private final boolean fuses;
    private final List<Tensor> inputs = new ArrayList<>();
    private final Map<Tensor, TensorData> initializers = new LinkedHashMap<>();
    private final Map<TensorData, Tensor> constants = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Tensor, Node> producers = new HashMap<>();
    private final List<Tensor> outputs = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Integer> nextSuffix = new HashMap<>();
    private String scope = "";

    /** Makes a builder of float graphs. */
    public GraphBuilder() {
        this(ElementType.FLOAT);
    }

    /** Makes a builder with a floating type. */
    public GraphBuilder(ElementType floatType) {
        this(floatType, false);
    }

    private GraphBuilder(ElementType floatType, boolean fuses) {
        if (!floatType.isFloating()) {
            throw new GraphException(
                    "a builder's floating type is %s; expected float or double"
                            .formatted(floatType));
        }
        this.floatType = floatType;
        this.fuses = fuses;
    }

    /** Makes a builder of float graphs with {@link FusedOp}s, for ONNX Runtime only. */
    public static GraphBuilder fusing() {
        return new GraphBuilder(ElementType.FLOAT, true);
    }

    /** Whether {@link FusedOp}s may be used. */
    public boolean fuses() {
        return fuses;
    }

    public ElementType floatType() {
        return floatType;
    }

    // ---- Inputs, weights, constants, outputs ----

    /** Adds an input of the builder's floating type. */
    public Tensor input(String name, Shape shape) {
        return input(name, floatType, shape);
    }

    public Tensor input(String name, ElementType type, Shape shape) {
        Tensor tensor = new Tensor(this, claim(name), type, shape);
        inputs.add(tensor);
        return tensor;
    }

    /**
     * Adds a named tensor whose elements are part of the graph, such as weights. They can be read
     * back from the exported file.
     */
    public Tensor initializer(String name, TensorData data) {
        Tensor tensor = new Tensor(this, claim(name), data.type(), data.shape());
        initializers.put(tensor, data);
        return tensor;
    }

    /** Adds an unnamed constant; equal constants are the same tensor. */
    public Tensor constant(TensorData data) {
        Tensor known = constants.get(data);
        if (known != null) {
            return known;
        }
        Tensor tensor = new Tensor(this, unusedIn("constant"), data.type(), data.shape());
        initializers.put(tensor, data);
        constants.put(data, tensor);
        return tensor;
    }

    /** Adds an unnamed constant of the builder's floating type. */
    public Tensor constant(Shape shape, double... values) {
        return constant(TensorData.of(floatType, shape, values));
    }

    /** Adds an unnamed constant of one dimension, for indices. */
    public Tensor longs(long... values) {
        return constant(TensorData.longs(Shape.of(values.length), values));
    }

    /** Adds a constant without dimensions, of the builder's floating type. */
    public Tensor scalar(double value) {
        return constant(Shape.SCALAR, value);
    }

    /** Makes a tensor an output of the graph under the given name. */
    @CanIgnoreReturnValue
    public Tensor output(String name, Tensor tensor) {
        requireOwn("output " + name, tensor);
        Tensor output = new Tensor(this, claim(name), tensor.type(), tensor.shape());
        add(new Node("output/" + name, Elementwise.IDENTITY, List.of(tensor), List.of(output)));
        outputs.add(output);
        return output;
    }

    /** Adds ops with a prefix of their names, which says which part of the model they belong to. */
    public <R> R scoped(String name, Supplier<R> body) {
        String outer = scope;
        scope = outer + name + "/";
        try {
            return body.get();
        } finally {
            scope = outer;
        }
    }

    // ---- Inspection ----

    /** The nodes so far, each after the nodes whose results it uses. */
    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    /** The node that computes a tensor; empty for inputs, weights and constants. */
    public Optional<Node> producer(Tensor tensor) {
        requireOwn("producer", tensor);
        return Optional.ofNullable(producers.get(tensor));
    }

    /** The elements of a weight or constant; empty for all others. */
    public Optional<TensorData> data(Tensor tensor) {
        requireOwn("data", tensor);
        return Optional.ofNullable(initializers.get(tensor));
    }

    /** Returns the graph of the outputs so far, without nodes and constants that none needs. */
    public Graph build() {
        if (outputs.isEmpty()) {
            throw new GraphException("the graph has no outputs; expected at least one");
        }
        Set<Tensor> needed = new HashSet<>(outputs);
        List<Node> kept = new ArrayList<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (!Collections.disjoint(needed, node.outputs())) {
                kept.add(node);
                needed.addAll(node.inputs());
            }
        }
        Collections.reverse(kept);
        List<Initializer> keptInitializers = new ArrayList<>();
        initializers.forEach(
                (tensor, data) -> {
                    if (needed.contains(tensor)) {
                        keptInitializers.add(new Initializer(tensor, data));
                    }
                });
        return new Graph(inputs, keptInitializers, kept, outputs);
    }

    // ---- Any op ----

    /**
     * Adds an op with one result.
     *
     * @throws GraphException if the operands do not fit or one of them belongs to another builder
     */
    @Override
    public Tensor apply(Op op, Tensor... operands) {
        List<Tensor> results = applyAll(op, List.of(operands));
        if (results.size() != 1) {
            throw new GraphException(op + " has " + results.size() + " results; expected one");
        }
        return results.get(0);
    }

    /** Adds an op with any number of results. */
    @Override
    public List<Tensor> applyAll(Op op, List<Tensor> operands) {
        for (Tensor operand : operands) {
            requireOwn(op.toString(), operand);
        }
        List<ShapeRules.Result> results = ShapeRules.infer(op, operands);
        String name = unused(op.onnxName());
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            String tensorName = results.size() == 1 ? name : claim(name + ":" + i);
            ShapeRules.Result result = results.get(i);
            tensors.add(new Tensor(this, tensorName, result.type(), result.shape()));
        }
        Node node = new Node(name, op, operands, tensors);
        add(node);
        return node.outputs();
    }

    private void add(Node node) {
        nodes.add(node);
        node.outputs().forEach(tensor -> producers.put(tensor, node));
    }

    @Override
    public Tensor scalarLike(Tensor x, double value) {
        return constant(TensorData.of(x.type(), Shape.SCALAR, value));
    }

    private void requireOwn(String use, Tensor tensor) {
        if (tensor.owner() != this) {
            throw new GraphException(
                    "%s of %s: the tensor belongs to another builder; expected one of this graph"
                            .formatted(use, tensor));
        }
    }

    private String claim(String name) {
        if (name.isBlank() || !names.add(name)) {
            throw new GraphException(
                    "the name '%s' is blank or taken; expected a name of its own".formatted(name));
        }
        return name;
    }

    private String unused(String base) {
        return unusedIn(scope + base);
    }

    private String unusedIn(String prefix) {
        String candidate = prefix;
        while (!names.add(candidate)) {
            candidate = prefix + "_" + nextSuffix.merge(prefix, 1, Integer::sum);
        }
        return candidate;
    }
}
