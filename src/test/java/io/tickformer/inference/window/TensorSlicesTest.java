package io.tickformer.inference.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.inference.runtime.HostTensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TensorSlicesTest {
    private static final int MOST = 5;

    private static HostTensor rows() {
        HostTensor rows = HostTensor.floats(MOST, 2);
        for (int i = 0; i < 2 * MOST; i++) {
            rows.floats().put(i, i);
        }
        return rows;
    }

    @Test
    void aViewIsOfTheRowsAskedFor() {
        try (HostTensor rows = rows();
                HostTensor whole = HostTensor.floats(3);
                TensorSlices views =
                        new TensorSlices(Map.of("rows", rows), Map.of("whole", whole), MOST);
                TensorSlices.Slice view = views.of(1, 2)) {
            assertThat(view.tensors().get("rows").shape()).containsExactly(2, 2);
            assertThat(view.tensors().get("rows").toFloats()).containsExactly(2, 3, 4, 5);
            assertThat(view.tensors().get("whole")).isSameAs(whole);
        }
    }

    /** However often: there is a view for each size, and no more. */
    @Test
    void viewsOfTheFirstRowsAreMadeOnceForEachSize() {
        try (HostTensor rows = rows();
                TensorSlices views = new TensorSlices(Map.of("rows", rows), Map.of(), MOST)) {
            for (int count = 1; count <= MOST; count++) {
                TensorSlices.Slice first = views.of(0, count);
                first.close();

                assertThat(views.of(0, count)).isSameAs(first);
                assertThat(isClosed(first)).isFalse();
            }
        }
    }

    @Test
    void viewsOfOtherRowsAreReleasedAfterTheRun() {
        try (HostTensor rows = rows();
                TensorSlices views = new TensorSlices(Map.of("rows", rows), Map.of(), MOST)) {
            TensorSlices.Slice view = views.of(2, 2);
            assertThat(isClosed(view)).isFalse();
            view.close();

            assertThat(isClosed(view)).isTrue();
            assertThat(rows.tensor().isClosed()).isFalse();
        }
    }

    @Test
    void closingReleasesAllViewsAndLeavesTheTensors() {
        try (HostTensor rows = rows()) {
            TensorSlices views = new TensorSlices(Map.of("rows", rows), Map.of(), MOST);
            TensorSlices.Slice some = views.of(0, 2);
            TensorSlices.Slice all = views.of(0, MOST);
            views.close();
            views.close();

            assertThat(isClosed(some)).isTrue();
            assertThat(isClosed(all)).isTrue();
            assertThat(rows.tensor().isClosed()).isFalse();
        }
    }

    private static boolean isClosed(TensorSlices.Slice view) {
        return view.tensors().get("rows").tensor().isClosed();
    }
}
