/** Measures and tests whole systems: benchmarks, chaos, soak, plan and drill. */
package io.tickformer.lab;
