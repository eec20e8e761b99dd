'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const byId = (id) => document.getElementById(id);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const shade = (alpha) => `rgba(${colour('--band')}, ${alpha})`;
  const own = data.forecasters[0];
  const naiveColour = (i) => `--c${i % 6}`;
  const known = (value) => value !== null && value !== undefined;

  const number = (value, digits) => {
    if (!known(value)) return '–';
    const size = Math.abs(value);
    return size !== 0 && (size >= 1e5 || size < 1e-3)
      ? value.toExponential(2) : value.toFixed(size >= 100 ? 1 : digits);
  };
  const percent = (value) => (known(value) ? `${(100 * value).toFixed(1)} %` : '–');

  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  };

  const row = (name, cells, className) => {
    const made = element('tr', undefined, className);
    for (const cell of cells) made.append(element(name, cell));
    return made;
  };

  const key = (holder, entries) => {
    for (const [label, paint] of entries) {
      const entry = element('span');
      const swatch = element('i');
      swatch.style.background = paint;
      entry.append(swatch, label);
      holder.append(entry);
    }
  };

  const axis = (more) => ({
    stroke: colour('--soft'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { stroke: colour('--line'), width: 1 },
    font: '12px system-ui, "DejaVu Sans", sans-serif',
    ...more,
  });
  const line = (paint, width, dash) => ({ stroke: paint, width, dash, points: { show: false } });
  // A value between two missing ones makes no line.
  const lonely = (u, index) => u.data[index].flatMap((value, i, all) =>
    value != null && all[i - 1] == null && all[i + 1] == null ? [i] : []);
  const edge = () => ({ stroke: 'transparent', width: 0, points: { show: false } });

  // Drawn once the page is laid out, and again where its width or the colours change.
  const plots = [];
  const plot = (holder, options, values) => {
    const draw = () => {
      holder.replaceChildren();
      const size = { width: holder.clientWidth, height: holder.clientHeight };
      new uPlot({
        ...size,
        legend: { show: false },
        cursor: { drag: { x: false, y: false }, points: { show: false } },
        ...options(),
      }, values, holder);
    };
    plots.push(draw);
  };
  const redraw = () => plots.forEach((draw) => draw());
  let pending = 0;
  addEventListener('resize', () => {
    clearTimeout(pending);
    pending = setTimeout(redraw, 120);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);

  byId('title').textContent = document.title = data.title;
  byId('subtitle').textContent = data.subtitle;
  byId('notes').textContent = data.notes.join(' ');

  // Forecasters and their metrics; the best of each column stands out where less is better.
  const columns = [['MSE', 'mse'], ['MAE', 'mae'], ['MASE', 'mase'], ['RMSSE', 'rmsse'],
    ['WQL', 'wql'], ['CRPS', 'crps']];
  const levels = own.intervals.map((interval) => interval.level);
  const scores = byId('scores');
  scores.append(row('th', ['', ...columns.map((column) => column[0]),
    ...levels.flatMap((level) => [`in ${+(100 * level).toFixed(2)} %`, 'width'])]));
  for (const [at, each] of data.forecasters.entries()) {
    const interval = (level) => each.intervals.find((one) => one.level === level);
    const made = row('td', [each.name, ...columns.map((column) => number(each[column[1]], 3)),
      ...levels.flatMap((level) => [percent(interval(level)?.coverage), number(interval(level)?.width, 3)])],
    at === 0 ? 'own' : '');
    columns.forEach((column, i) => {
      const all = data.forecasters.map((one) => one[column[1]]).filter(known);
      if (known(each[column[1]]) && each[column[1]] === Math.min(...all)) {
        made.children[i + 1].className = 'best';
      }
    });
    scores.append(made);
  }

  const stepsAhead = own.by_step.mae.map((_, i) => i + 1);
  byId('steps-title').textContent = `${data.step_metric.toUpperCase()} by horizon step`;
  key(byId('steps-key'), data.forecasters.map((each, i) => [each.name, `var(${naiveColour(i)})`]));
  plot(byId('steps'), () => ({
    scales: { x: { time: false }, y: { range: (_, low, high) => [0, (high || 1) * 1.05] } },
    axes: [axis(), axis({ size: 56 })],
    series: [{}, ...data.forecasters.map((_, i) => line(colour(naiveColour(i)), i === 0 ? 2.5 : 1.25))],
  }), [stepsAhead, ...data.forecasters.map((each) => each.by_step[data.step_metric])]);

  const shares = (values) => (_, ticks) => ticks.map((tick) => `${Math.round(100 * tick)} %`);
  const withQuantiles = data.forecasters.filter((each) => each.levels.length > 1);
  if (withQuantiles.length > 0) {
    const grid = [...new Set([0, 1, ...withQuantiles.flatMap((each) => each.levels)])].sort((a, b) => a - b);
    const shown = [own, ...withQuantiles.slice(1)].filter((each) => each.levels.length > 1);
    const paints = shown.map((each) => naiveColour(data.forecasters.indexOf(each)));
    key(byId('reliability-key'), [['ideal', 'var(--soft)'],
      ...shown.map((each, i) => [each.name, `var(${paints[i]})`])]);
    plot(byId('reliability'), () => ({
      scales: { x: { time: false, range: [0, 1] }, y: { range: [0, 1] } },
      axes: [axis({ values: shares() }), axis({ size: 56, values: shares() })],
      series: [{}, line(colour('--soft'), 1, [5, 5]), ...shown.map((_, i) => ({
        ...line(colour(paints[i]), i === 0 ? 2.5 : 1.25),
        spanGaps: true,
        points: { show: i === 0, size: 7, fill: colour(paints[i]) },
      }))],
    }), [grid, grid, ...shown.map((each) => grid.map((level) => {
      if (level === 0 || level === 1) return level;
      const at = each.levels.indexOf(level);
      return at < 0 ? null : each.share_below[at];
    }))]);
  }

  if (levels.length > 0) {
    const paints = levels.map((_, i) => [0.45, 0.7, 1][Math.min(2, i)]);
    key(byId('coverage-key'), levels.map((level, i) =>
      [`${+(100 * level).toFixed(2)} % interval`, `rgba(var(--band), ${paints[i]})`]));
    plot(byId('coverage'), () => ({
      scales: { x: { time: false }, y: { range: [0, 1] } },
      axes: [axis(), axis({ size: 56, values: shares() })],
      series: [{}, ...levels.flatMap((_, i) => [
        line(shade(paints[i]), 2), line(colour('--soft'), 1, [5, 5])])],
    }), [stepsAhead, ...levels.flatMap((level, i) => [
      own.by_step.coverage[i], stepsAhead.map(() => level)])]);
  } else {
    byId('coverage-card').remove();
  }

  const inUtc = (seconds) => uPlot.tzDate(new Date(seconds * 1e3), 'Etc/UTC');
  const fan = (holder, window, note) => {
    const card = element('section', undefined, 'card');
    const area = element('div', undefined, 'plot');
    card.append(element('h2', window.series), area, element('p', note, 'note'));
    holder.append(card);
    const pairs = [];
    for (let low = 0, high = window.quantiles.length - 1; low < high; low++, high--) {
      pairs.push([window.quantiles[high], window.quantiles[low]]);
    }
    const markCutoff = (chart) => {
      const x = chart.valToPos(window.cutoff, 'x', true);
      chart.ctx.save();
      chart.ctx.strokeStyle = colour('--soft');
      chart.ctx.setLineDash([4, 4]);
      chart.ctx.beginPath();
      chart.ctx.moveTo(x, chart.bbox.top);
      chart.ctx.lineTo(x, chart.bbox.top + chart.bbox.height);
      chart.ctx.stroke();
      chart.ctx.restore();
    };
    plot(area, () => ({
      tzDate: inUtc,
      scales: { x: { time: true } },
      axes: [axis(), axis({ size: 60 })],
      hooks: { draw: [markCutoff] },
      bands: pairs.map((_, i) => ({ series: [1 + 2 * i, 2 + 2 * i], fill: shade(0.12 + 0.07 * i) })),
      series: [{}, ...pairs.flatMap(() => [edge(), edge()]),
        line(colour('--c2'), 1.5, [2, 3]), line(colour('--median'), 2), {
          ...line(colour('--actual'), 1.5),
          points: { show: true, size: 4, fill: colour('--actual'), filter: lonely },
        }],
    }), [window.time, ...pairs.flat(), window.baseline, window.point, window.actual]);
  };
  const time = (seconds) => new Date(seconds * 1e3).toISOString().slice(0, 16).replace('T', ' ');
  for (const window of data.fans) {
    fan(byId('fans'), window, `Issued ${time(window.cutoff)} UTC. ${data.fan_key}`);
  }
  for (const window of data.worst) {
    fan(byId('worst'), window, `Issued ${time(window.cutoff)} UTC; mean error ${number(window.error, 2)} `
      + 'standard deviations of the training set.');
  }

  const series = byId('series');
  series.append(row('th', ['', ...data.forecasters.map((each) => `${data.step_metric.toUpperCase()}, ${each.name}`)]));
  for (const [at, name] of data.series.entries()) {
    const values = data.forecasters.map((each) => each.by_series[at]);
    const made = row('td', [name, ...values.map((value) => number(value, 3))]);
    const best = Math.min(...values.filter(known));
    values.forEach((value, i) => {
      if (known(value) && value === best) made.children[i + 1].className = 'best';
    });
    series.append(made);
  }

  redraw();
})();
