package io.tickformer.cli.demo;

import io.tickformer.console.Terminal;
import io.tickformer.process.LocalJob;
import io.tickformer.process.Servers;
import java.io.IOException;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * The demo without its page. It sends every tick first and then runs the job on the topic. The end
 * of the bounded source closes the last windows, and the job's last checkpoint commits the last
 * forecasts. So every run of the same feed gives the same counts.
 */
final class HeadlessRun {
    private static final Duration POLL = Duration.ofMillis(200);

    private final DemoSettings demo;
    private final Servers servers;

    HeadlessRun(DemoSettings demo, Servers servers) {
        this.demo = demo;
        this.servers = servers;
    }

    DemoSummary run(Feed feed) throws IOException {
        LiveState state =
                new LiveState(
                        feed.series(),
                        feed.tickMillis(),
                        demo.spec().horizon(),
                        demo.naive(),
                        System::nanoTime);
        send(feed, state);
        try (TopicPolls polls = new TopicPolls(servers, demo.topics(), state);
                LocalJob job = DemoJob.start(demo, servers, true);
                ProgressBar bar = bar("forecast", -1, " forecasts")) {
            while (!job.hasEnded()) {
                polls.poll(POLL);
                bar.stepTo(polls.issued());
            }
            job.check();
            polls.drain();
            bar.stepTo(polls.issued());
            return state.summary(polls.forecastsPerSecond());
        }
    }

    private void send(Feed feed, LiveState state) throws IOException {
        long known = demo.ticks() == Long.MAX_VALUE ? -1 : demo.ticks();
        try (Replay replay = new Replay(feed, demo.ticks(), servers, demo.topics(), state);
                ProgressBar bar = bar("replay", known, " ticks")) {
            while (replay.hasNext()) {
                replay.next();
                bar.stepTo(replay.sent());
            }
            replay.flush();
            replay.settle();
        }
    }

    private static ProgressBar bar(String task, long max, String unit) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(max)
                .setUnit(unit, 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(Terminal.barConsumer())
                .build();
    }
}
