package io.tickformer.cli.demo;

import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SeasonalNaive;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of a demo.
 *
 * @param model the model file
 * @param spec the model's spec
 * @param naive the baseline
 * @param ticks number of ticks to replay; {@link Long#MAX_VALUE} for all
 * @param outOfOrderness maximum delay of an observation behind a newer one
 * @param provider the ONNX Runtime provider that executes the model
 * @param parallelism number of subtasks of the job and of partitions of its topics
 * @param topics the topics
 * @param logs folder for the logs of this run
 */
record DemoSettings(
        Path model,
        ForecastSpec spec,
        SeasonalNaive naive,
        long ticks,
        Duration outOfOrderness,
        ExecutionProvider provider,
        int parallelism,
        DemoTopics topics,
        Path logs) {}
