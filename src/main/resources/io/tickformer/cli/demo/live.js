'use strict';
// The live page: asks for the state twice a second and plots it. Names of series come from records
// and go into the page as text only.

(() => {
  const POLL_MILLIS = 500;
  const byId = (id) => document.getElementById(id);
  const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
  const three = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
  const four = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const shade = (name, alpha) => `rgba(${colour(name)}, ${alpha})`;

  let chosen = null;
  let lead = 0;
  let fan = null;
  let errors = null;
  let names = '';

  // From the step of the grid, in seconds: its label, and what is added where the year, the day or
  // the minute changes.
  const DAY = 86400;
  const TIMES = [
    [365 * DAY, '{YYYY}', null, null, null, null, null, null, 1],
    [DAY, '{D} {MMM}', '\n{YYYY}', null, null, null, null, null, 1],
    [60, '{HH}:{mm}', '\n{D} {MMM} {YYYY}', null, '\n{D} {MMM}', null, null, null, 1],
    [0.001, '{HH}:{mm}:{ss}', '\n{D} {MMM} {YYYY}', null, '\n{D} {MMM}', null, null, null, 1],
  ];

  const axes = () => {
    const look = { stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1 } };
    return [{ ...look, values: TIMES }, { ...look, size: 56 }];
  };

  // Event time is plotted in UTC: the tick grid knows no other.
  const inUtc = (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC');

  const line = (stroke, width, dash) => ({ stroke, width, dash, points: { show: false }, spanGaps: false });
  const edge = () => ({ stroke: 'transparent', width: 0, points: { show: false } });

  // A vertical line at the tick at which the fan was issued.
  let issued = null;
  const markIssue = (plot) => {
    if (issued === null) {
      return;
    }
    const x = Math.round(plot.valToPos(issued, 'x', true));
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.strokeStyle = colour('--soft');
    ctx.setLineDash([4, 4]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.restore();
  };

  const size = (box) => ({ width: box.clientWidth, height: box.clientHeight });

  // Columns: time, 95 % low and high, 80 %, 50 %, past low, high and median, fan median, actual, anomalies.
  const newFan = (data) => new uPlot({
    ...size(byId('fan')),
    tzDate: inUtc,
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    scales: { x: { time: true } },
    axes: axes(),
    hooks: { draw: [markIssue] },
    bands: [
      { series: [2, 1], fill: shade('--band', 0.14) },
      { series: [4, 3], fill: shade('--band', 0.2) },
      { series: [6, 5], fill: shade('--band', 0.28) },
      { series: [8, 7], fill: shade('--past-band', 0.18) },
    ],
    series: [
      {},
      edge(), edge(), edge(), edge(), edge(), edge(), edge(), edge(),
      line(colour('--past'), 1.25),
      line(colour('--median'), 2),
      line(colour('--actual'), 1.75),
      { stroke: colour('--anomaly'), paths: () => null, points: { show: true, size: 11, width: 2, fill: 'transparent' } },
    ],
  }, data, byId('fan'));

  const newErrors = (data) => new uPlot({
    ...size(byId('errors')),
    tzDate: inUtc,
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    scales: { x: { time: true }, y: { range: (plot, low, high) => [0, (high || 1) * 1.1] } },
    axes: axes(),
    series: [{}, line(colour('--median'), 2), line(colour('--naive'), 2)],
  }, data, byId('errors'));

  const choose = (key) => {
    chosen = key;
    for (const row of byId('rows').children) {
      row.classList.toggle('chosen', row.dataset.key === key);
    }
    plot();
  };

  const setCell = (row, index, text, kind) => {
    const cell = row.cells[index] || row.insertCell();
    if (cell.textContent !== text) {
      cell.textContent = text;
    }
    cell.className = kind || '';
  };

  const kindOf = (ratio) => (ratio < 1 ? 'good' : 'bad');
  const percent = (share) => (share === undefined ? '–' : `${(100 * share).toFixed(1)} %`);
  const utc = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');

  const newRow = (key) => {
    const row = document.createElement('tr');
    row.dataset.key = key;
    row.tabIndex = 0;
    row.addEventListener('click', () => choose(key));
    row.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') {
        choose(key);
      }
    });
    return row;
  };

  // A row stays the same element while it is shown: one that is replaced between a press and its
  // release gets no click, and loses the focus.
  const list = (series) => {
    const wanted = byId('filter').value.toLowerCase();
    const shown = series.filter((one) => one.key.toLowerCase().includes(wanted));
    const rows = byId('rows');
    const known = new Map([...rows.children].map((row) => [row.dataset.key, row]));
    const wantedRows = shown.map((one) => known.get(one.key) || newRow(one.key));
    if (wantedRows.length !== rows.children.length
        || wantedRows.some((row, index) => row !== rows.children[index])) {
      rows.replaceChildren(...wantedRows);
    }
    shown.forEach((one, index) => {
      const row = wantedRows[index];
      row.classList.toggle('chosen', one.key === chosen);
      const ratio = one.ratio === undefined ? '–' : one.ratio.toFixed(2);
      setCell(row, 0, one.key);
      setCell(row, 1, one.mae === undefined ? '–' : four.format(one.mae));
      // Errors of forecasts from short contexts say little about the model.
      setCell(row, 2, one.warmingUp ? 'warming up' : ratio, one.ratio === undefined ? 'quiet' : kindOf(one.ratio));
      setCell(row, 3, percent(one.coverage80));
      setCell(row, 4, whole.format(one.anomalies));
    });
  };

  const offerLeads = (leads) => {
    const text = leads.join();
    if (text === names) {
      return;
    }
    names = text;
    byId('lead').replaceChildren(...leads.map((steps, index) => {
      const option = document.createElement('option');
      option.value = index;
      option.textContent = steps === 1 ? '1 tick ahead' : `${steps} ticks ahead`;
      return option;
    }));
    byId('lead').value = lead;
  };

  const overview = async () => {
    const state = await (await fetch('/api/overview')).json();
    const phase = byId('phase');
    phase.textContent = state.phase;
    phase.classList.remove('lost');
    byId('events').textContent = whole.format(state.events);
    byId('ticks').textContent = whole.format(state.ticks);
    byId('forecasts').textContent = whole.format(state.forecasts);
    byId('rate').textContent = whole.format(state.forecastsPerSecond);
    byId('dead').textContent = whole.format(state.deadLetters);
    byId('late').textContent = whole.format(state.late);
    byId('anomalies').textContent = whole.format(state.anomalies);
    byId('coverage').textContent = percent(state.coverage80);
    const error = byId('error');
    if (state.ratio === undefined) {
      error.textContent = state.warmingUp && state.forecasts > 0 ? 'warming up' : '–';
      error.className = '';
    } else {
      const detail = document.createElement('small');
      detail.textContent = ` ${three.format(state.mae)} against ${three.format(state.naiveMae)}`;
      error.textContent = state.ratio.toFixed(3);
      error.className = kindOf(state.ratio);
      error.append(detail);
    }
    byId('event').textContent = state.event === undefined
      ? ''
      : `${utc(state.event.time)}: ${[state.event.series, state.event.text].filter((part) => part !== '').join(': ')}`;
    byId('event').classList.toggle('bad', state.event !== undefined && state.event.isBad);
    offerLeads(state.leads);
    if (chosen === null && state.series.length > 0) {
      chosen = state.series[0].key;
    }
    list(state.series);
    const data = [state.error.time, state.error.model, state.error.naive];
    byId('unit').textContent = data[0].length > 1
      ? '1 = the error of the last value'
      : 'shown once forecasts of full contexts have come due';
    if (data[0].length > 1) {
      if (errors === null) {
        errors = newErrors(data);
      } else {
        errors.setData(data);
      }
    }
  };

  // What a reader should know before relying on the newest forecast.
  const badges = (of) => {
    const texts = [];
    if (of.quality === 'FALLBACK') {
      texts.push(['fallback: simple forecasts in place of the model', 'badge bad']);
    }
    if (of.quality === 'WARMING_UP') {
      texts.push(['warming up: the context is not full yet', 'badge']);
    }
    if (of.calibrated === false) {
      texts.push(['intervals not calibrated yet', 'badge']);
    }
    byId('badges').replaceChildren(...texts.map(([text, kind]) => {
      const badge = document.createElement('span');
      badge.textContent = text;
      badge.className = kind;
      return badge;
    }));
  };

  const plot = async () => {
    if (chosen === null) {
      return;
    }
    const answer = await fetch(`/api/plot?series=${encodeURIComponent(chosen)}&lead=${lead}`);
    if (!answer.ok) {
      return;
    }
    const of = await answer.json();
    if (of.key !== chosen || of.time.length === 0) {
      return;
    }
    issued = of.issued === undefined ? null : of.issued;
    const data = [
      of.time,
      of.fan.low[2], of.fan.high[2],
      of.fan.low[1], of.fan.high[1],
      of.fan.low[0], of.fan.high[0],
      of.past.low, of.past.high, of.past.median,
      of.fan.median,
      of.actual,
      of.anomaly,
    ];
    if (fan === null) {
      fan = newFan(data);
    } else {
      fan.setData(data);
    }
    byId('title').textContent = of.key;
    byId('past-label').textContent =
      `forecast ${of.lead === 1 ? '1 tick' : `${of.lead} ticks`} earlier, with its 80 % band`;
    byId('quality').textContent = of.quality === undefined
      ? ''
      : `${of.model} · ${whole.format(of.observed)} observed ticks`;
    badges(of);
    byId('clock').textContent = issued === null ? '' : `event time ${utc(issued)} UTC`;
  };

  const redraw = () => {
    for (const old of [fan, errors]) {
      if (old !== null) {
        old.destroy();
      }
    }
    fan = null;
    errors = null;
  };

  const poll = async () => {
    try {
      await overview();
      await plot();
    } catch (error) {
      byId('phase').textContent = 'the demo has ended';
      byId('phase').classList.add('lost');
    }
    setTimeout(poll, POLL_MILLIS);
  };

  byId('lead').addEventListener('change', (event) => {
    lead = Number(event.target.value);
    plot();
  });
  byId('filter').addEventListener('input', overview);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
  addEventListener('resize', () => {
    if (fan !== null) {
      fan.setSize(size(byId('fan')));
    }
    if (errors !== null) {
      errors.setSize(size(byId('errors')));
    }
  });
  poll();
})();
