package io.tickformer.cli.backtest;

import io.tickformer.evaluation.backtest.ForecasterResult;
import io.tickformer.evaluation.backtest.Metrics;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of a backtest as a table for a terminal. */
final class BacktestTable {
    private final BacktestSummary summary;

    BacktestTable(BacktestSummary summary) {
        this.summary = summary;
    }

    void print(PrintWriter out) {
        out.println(BacktestText.subtitle(summary));
        BacktestText.notes(summary).forEach(out::println);
        out.println();
        for (String line : lines(rows())) {
            out.println(line);
        }
    }

    private List<List<String>> rows() {
        boolean ltsf = summary.protocol() == Protocol.LTSF;
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of(""));
        header.addAll(
                ltsf
                        ? List.of("MSE", "MAE")
                        : List.of("MASE", "RMSSE", "WQL", "CRPS", "MSE", "MAE"));
        List<Metrics.Interval> intervals = summary.own().overall().intervals();
        if (!ltsf) {
            for (Metrics.Interval interval : intervals) {
                header.add("in " + BacktestJson.percent(interval.level()) + " %");
                header.add("width");
            }
        }
        rows.add(header);
        for (ForecasterResult each : summary.result().forecasters()) {
            Metrics metrics = each.overall();
            List<String> row = new ArrayList<>(List.of(each.name()));
            if (ltsf) {
                row.addAll(List.of(number(metrics.mse()), number(metrics.mae())));
            } else {
                row.add(number(metrics.mase()));
                row.add(number(metrics.rmsse()));
                row.add(number(metrics.wql()));
                row.add(number(metrics.crps()));
                row.add(number(metrics.mse()));
                row.add(number(metrics.mae()));
                for (int i = 0; i < intervals.size(); i++) {
                    boolean has = i < metrics.intervals().size();
                    row.add(has ? percent(metrics.intervals().get(i).coverage()) : "-");
                    row.add(has ? number(metrics.intervals().get(i).width()) : "-");
                }
            }
            rows.add(row);
        }
        return rows;
    }

    /** Aligns the first column to the left and the numbers to the right. */
    private static List<String> lines(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String cell = row.get(i);
                String blanks = " ".repeat(widths[i] - cell.length());
                line.append(i == 0 ? cell + blanks : "  " + blanks + cell);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        boolean usual = Math.abs(value) < 1e4 && (Math.abs(value) >= 1e-3 || value == 0);
        return String.format(Locale.ROOT, usual ? "%.4f" : "%.3e", value);
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f", 100 * share);
    }
}
