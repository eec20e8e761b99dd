package io.tickformer.cli.card;

import io.tickformer.annotation.Internal;
import io.tickformer.console.SpecTable;
import io.tickformer.evaluation.backtest.BacktestPlan;
import io.tickformer.evaluation.backtest.BacktestResult;
import io.tickformer.evaluation.backtest.ForecasterResult;
import io.tickformer.evaluation.backtest.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A backtest as a model card shows it. The first forecaster is the model.
 *
 * @param key identifies the entry: a later entry with the same key replaces it. One line;
 *     characters that would end a comment are removed
 * @param title one line of plain text
 * @param about a plain sentence that qualifies the figures; may be empty
 * @param command the command line that reproduces the entry; may be empty
 * @param zScoredOnly whether to show only the errors of the long-horizon protocol
 * @param plan setup of the backtest
 * @param result result of the backtest
 */
@Internal
public record BacktestSection(
        String key,
        String title,
        String about,
        String command,
        boolean zScoredOnly,
        BacktestPlan plan,
        BacktestResult result) {
    private static final String SEASONAL_NAIVE = "seasonal-naive";

    public BacktestSection {
        key = key.replaceAll("[^\\w.:/, -]+", "_").replaceAll("-{2,}", "-");
    }

    String markdown() {
        Markdown page = new Markdown().heading(3, Markdown.text(title));
        page.paragraph(Markdown.text(setting()) + comparison() + Markdown.text(remark()));
        page.table(header(), rows(), true);
        if (!zScoredOnly) {
            page.paragraph(
                    "MASE and RMSSE are errors relative to seasonal naive on the training set, WQL is"
                            + " the weighted quantile loss, CRPS is in the units of the series, MSE"
                            + " and MAE are in standard deviations of each series; *in 80 %* is"
                            + " the share of values within the 80 % interval.");
        }
        if (!command.isEmpty()) {
            page.code("sh", command);
        }
        return page.toString();
    }

    private String setting() {
        return ("%s series, %s cutoffs in each from %s to %s, %d steps ahead; the %s is scored, a"
                        + " season is %s.")
                .formatted(
                        CardNumbers.count(result.series()),
                        CardNumbers.count(result.windows()),
                        time(plan.cutoffs().first()),
                        time(plan.cutoffs().last()),
                        result.horizon(),
                        result.forecasters().get(0).point().name().toLowerCase(Locale.ROOT),
                        SpecTable.time(result.season() * plan.tickMillis()));
    }

    private String time(long tick) {
        return DataSection.time(tick, plan.tickMillis());
    }

    /** The relative difference from seasonal naive. */
    private String comparison() {
        for (ForecasterResult each : result.forecasters()) {
            if (each.name().equals(SEASONAL_NAIVE)) {
                double own = error(result.forecasters().get(0));
                double theirs = error(each);
                if (theirs > 0 && Double.isFinite(own)) {
                    return " **Its %s is %s %s seasonal naive's.**"
                            .formatted(
                                    zScoredOnly ? "MAE" : "MASE",
                                    CardNumbers.percent(Math.abs(1 - own / theirs)),
                                    own <= theirs ? "below" : "above");
                }
            }
        }
        return "";
    }

    private double error(ForecasterResult forecaster) {
        return zScoredOnly ? forecaster.overall().mae() : forecaster.overall().mase();
    }

    private String remark() {
        return about.isEmpty() ? "" : " " + about;
    }

    private List<String> header() {
        List<String> header = new ArrayList<>(List.of("forecaster"));
        header.addAll(
                zScoredOnly
                        ? List.of("MSE", "MAE")
                        : List.of("MASE", "RMSSE", "WQL", "CRPS", "MSE", "MAE"));
        if (!zScoredOnly) {
            for (Metrics.Interval interval : intervals()) {
                header.add("in %s %%".formatted(level(interval)));
            }
        }
        return header;
    }

    private List<Metrics.Interval> intervals() {
        return result.forecasters().get(0).overall().intervals();
    }

    private static String level(Metrics.Interval interval) {
        String percent = String.format(Locale.ROOT, "%.1f", 100 * interval.level());
        return percent.endsWith(".0") ? percent.substring(0, percent.length() - 2) : percent;
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (ForecasterResult each : result.forecasters()) {
            Metrics metrics = each.overall();
            boolean first = rows.isEmpty();
            String name = Markdown.text(each.name());
            List<String> row = new ArrayList<>(List.of(first ? "**" + name + "**" : name));
            if (!zScoredOnly) {
                row.add(CardNumbers.four(metrics.mase()));
                row.add(CardNumbers.four(metrics.rmsse()));
                row.add(CardNumbers.four(metrics.wql()));
                row.add(CardNumbers.significant(metrics.crps()));
            }
            row.add(CardNumbers.four(metrics.mse()));
            row.add(CardNumbers.four(metrics.mae()));
            if (!zScoredOnly) {
                for (int i = 0; i < intervals().size(); i++) {
                    row.add(
                            i < metrics.intervals().size()
                                    ? CardNumbers.percent(metrics.intervals().get(i).coverage())
                                    : CardNumbers.percent(Double.NaN));
                }
            }
            rows.add(row);
        }
        return rows;
    }
}
