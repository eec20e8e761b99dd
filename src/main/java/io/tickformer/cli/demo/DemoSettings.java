package io.tickformer.cli.demo;

import io.tickformer.evaluation.SeasonalNaive;
import io.tickformer.inference.runtime.Provider;
import io.tickformer.spec.ForecastSpec;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a demo runs with.
 *
 * @param model the model's file
 * @param spec the model's spec
 * @param naive the baseline
 * @param ticks ticks to replay, {@link Long#MAX_VALUE} for as many as there are
 * @param outOfOrderness by how much observations may come out of order
 * @param provider what executes the model
 * @param parallelism subtasks of the job and partitions of its topics
 * @param topics the topics
 * @param logs folder for the logs of this run
 */
record DemoSettings(
        Path model,
        ForecastSpec spec,
        SeasonalNaive naive,
        long ticks,
        Duration outOfOrderness,
        Provider provider,
        int parallelism,
        DemoTopics topics,
        Path logs) {}
