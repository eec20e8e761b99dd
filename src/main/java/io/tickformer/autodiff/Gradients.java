package io.tickformer.autodiff;

import io.tickformer.annotation.Internal;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Node;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.graph.TensorData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reverse-mode automatic differentiation of a graph (Griewank and Walther 2008, chapter 3). The
 * gradient is added to the same graph.
 *
 * <p>The nodes of a loss are visited once, from the last to the first. Each node computes the
 * cotangents of its operands, that is the derivatives of the loss, from the cotangents of its
 * results by the {@linkplain DerivativeRules rule} of its op. If several nodes read a tensor, its
 * cotangent is the sum of their contributions. A node comes after the nodes whose results it reads,
 * so all readers of a tensor are visited before the node that produces it. Branches that do not
 * depend on the requested tensors are skipped. The cost is a small multiple of that of the loss,
 * independent of the number of requested derivatives.
 */
@Internal
public final class Gradients {
    private final GraphBuilder graph;
    private final DerivativeRules rules;
    private final Set<Tensor> dependent = new HashSet<>();
    private final Map<Tensor, Tensor> cotangents = new HashMap<>();

    private Gradients(GraphBuilder graph, DerivativeRules rules) {
        this.graph = graph;
        this.rules = rules;
    }

    /**
     * Adds the gradient of a loss to its graph.
     *
     * @param graph the builder of the loss
     * @param loss a tensor with one element
     * @param wrt tensors to differentiate with respect to; floating-point tensors of the same graph
     * @return for each of {@code wrt} the derivative of the loss, of the same shape; zeros if the
     *     loss does not depend on it
     * @throws DerivativeException if the loss is not a single real number, or an op has no
     *     derivative rule
     */
    public static List<Tensor> of(GraphBuilder graph, Tensor loss, List<Tensor> wrt) {
        return of(graph, loss, wrt, DerivativeRules.ALL);
    }

    static List<Tensor> of(
            GraphBuilder graph, Tensor loss, List<Tensor> wrt, DerivativeRules rules) {
        if (!loss.type().isFloating()
                || !loss.shape().isFixed()
                || loss.shape().fixedElements() != 1) {
            throw new DerivativeException(
                    "the loss is %s; expected one float or double".formatted(loss));
        }
        for (Tensor tensor : wrt) {
            if (!tensor.type().isFloating()) {
                throw new DerivativeException(
                        "a gradient with respect to %s was requested; expected a float or double tensor"
                                .formatted(tensor));
            }
        }
        return graph.scoped("gradient", () -> new Gradients(graph, rules).walk(loss, wrt));
    }

    private List<Tensor> walk(Tensor loss, List<Tensor> wrt) {
        List<Node> nodes = nodesBefore(loss, graph.nodes());
        markDependent(nodes, wrt);
        cotangents.put(loss, constant(loss, 1, loss.shape()));
        for (int i = nodes.size() - 1; i >= 0; i--) {
            visit(nodes.get(i));
        }
        List<Tensor> gradients = new ArrayList<>();
        for (Tensor tensor : wrt) {
            gradients.add(cotangentOrZeros(tensor));
        }
        return gradients;
    }

    /** The nodes that the loss is computed from. */
    private static List<Node> nodesBefore(Tensor loss, List<Node> nodes) {
        Set<Tensor> needed = new HashSet<>(List.of(loss));
        List<Node> before = new ArrayList<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (!Collections.disjoint(needed, node.outputs())) {
                needed.addAll(node.inputs());
                before.add(node);
            }
        }
        Collections.reverse(before);
        return before;
    }

    /**
     * Marks the tensors that depend on {@code wrt} through derivatives; cotangents are computed
     * only for these.
     */
    private void markDependent(List<Node> nodes, List<Tensor> wrt) {
        dependent.addAll(wrt);
        for (Node node : nodes) {
            for (int operand = 0; operand < node.inputs().size(); operand++) {
                if (dependent.contains(node.input(operand)) && rules.reaches(node, operand)) {
                    dependent.addAll(node.outputs());
                }
            }
        }
    }

    private void visit(Node node) {
        if (node.outputs().stream()
                .noneMatch(t -> dependent.contains(t) && cotangents.containsKey(t))) {
            return;
        }
        List<Tensor> ofResults = node.outputs().stream().map(this::cotangentOrZeros).toList();
        BackwardContext context = new BackwardContext(graph, node, ofResults);
        for (int operand = 0; operand < node.inputs().size(); operand++) {
            Tensor x = node.input(operand);
            if (dependent.contains(x) && rules.reaches(node, operand)) {
                Tensor cotangent = rules.cotangent(context, node, operand);
                cotangents.merge(
                        x, Broadcasting.unbroadcast(graph, cotangent, x.shape()), graph::add);
            }
        }
    }

    private Tensor cotangentOrZeros(Tensor tensor) {
        Tensor cotangent = cotangents.get(tensor);
        if (cotangent != null) {
            return cotangent;
        }
        return Broadcasting.broadcastLike(graph, constant(tensor, 0, Shape.SCALAR), tensor);
    }

    private Tensor constant(Tensor like, double value, Shape shape) {
        return graph.constant(TensorData.of(like.type(), shape, value));
    }
}
