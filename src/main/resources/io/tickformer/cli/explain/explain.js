'use strict';
// Draws what the page carries. Names come from files and go into the page as text only.
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const byId = (id) => document.getElementById(id);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
  const duration = (ticks) => {
    const hours = ticks * data.tick_millis / 3600000;
    if (hours >= 48) return number.format(hours / 24) + ' days';
    return hours >= 1 ? number.format(hours) + ' h' : number.format(hours * 60) + ' min';
  };
  const element = (name, text, parent) => {
    const made = document.createElement(name);
    made.textContent = text;
    parent.append(made);
    return made;
  };

  const architecture = data.architecture.replace(/Architecture\[/g, ': ').replace(/=/g, ' ').replace(/\]$/, '');
  byId('title').textContent = `How far back ${data.model} looks`;
  byId('subtitle').textContent = `${architecture} · ${data.source} · series ${data.series} · `
    + (data.at ? `the forecast issued at ${data.at}` : `${data.windows} windows, evenly spaced`);
  byId('method').textContent = 'Derivatives by reverse-mode differentiation of the network with its '
    + 'weights, at real windows, averaged as absolute values over windows and horizon steps '
    + `${data.steps.join(', ')} of ${data.horizon}. The frame of each token (running location and scale, half-life `
    + `${number.format(data.half_life)} ticks) is held constant: the page shows what the network reads. `
    + `A token is ${data.patch} tick${data.patch > 1 ? 's' : ''}.`;

  const tile = (label, ticks, hint) => {
    const box = element('div', '', byId('tiles'));
    box.className = 'tile';
    element('span', label, box);
    const value = element('b', `${ticks} `, box);
    element('small', hint || `ticks, ${duration(ticks)}`, value);
  };
  tile('half of the influence within', data.ticks_50);
  tile('90% within', data.ticks_90);
  tile('99% within', data.ticks_99);
  tile('furthest tick with any', data.furthest_tick);
  tile('the architecture can reach', data.architecture_reach);
  tile('context', data.context_length);

  const look = () => ({ stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1 } });
  const width = (id) => Math.max(320, byId(id).clientWidth);
  const plots = [];
  const plot = (id, options, values, height) => {
    const made = new uPlot({ width: width(id), height, cursor: { drag: { x: true, y: false } }, ...options }, values, byId(id));
    plots.push([made, id, height]);
  };
  const ages = data.influence.map((_, age) => age);
  const marker = (at, label) => ({
    hooks: {
      draw: [(u) => {
        const x = u.valToPos(at, 'x', true);
        const c = u.ctx;
        c.save();
        c.strokeStyle = colour('--soft');
        c.setLineDash([6, 5]);
        c.beginPath();
        c.moveTo(x, u.bbox.top);
        c.lineTo(x, u.bbox.top + u.bbox.height);
        c.stroke();
        c.fillStyle = colour('--soft');
        c.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
        c.textAlign = x > u.bbox.left + u.bbox.width / 2 ? 'right' : 'left';
        c.fillText(label, x + (c.textAlign === 'right' ? -6 : 6) * devicePixelRatio, u.bbox.top + 16 * devicePixelRatio);
        c.restore();
      }],
    },
  });
  // Without a cursor there is no index, and nothing to read.
  const derivative = (u, v, series, index) => (index == null ? '' : v ? v.toPrecision(3) : '0');
  const share = (u, v, series, index) => (index == null ? '' : v.toFixed(1) + '%');
  const reach = marker(data.architecture_reach, `reach of the architecture: ${data.architecture_reach} ticks`);
  const xAxis = () => ({ ...look(), label: 'ticks back (0 is the tick the forecast is issued on)', labelSize: 22, size: 38 });
  const positive = (list) => list.map((v) => (v > 0 ? v : null));
  const shown = data.lines.length < 4 ? data.lines
    : [data.lines[0], data.lines[Math.floor(data.lines.length / 2)], data.lines[data.lines.length - 1]];

  plot('influence', {
    scales: { x: { time: false }, y: { distr: 3 } },
    axes: [xAxis(), { ...look(), size: 64, label: 'derivative', labelSize: 20, values: (u, all) => all.map((v) => (v === null || Math.abs(Math.log10(v) - Math.round(Math.log10(v))) > 1e-6 ? '' : '1e' + Math.round(Math.log10(v)))) }],
    series: [
      { label: 'ticks back' },
      { label: 'mean over steps', stroke: colour('--c0'), width: 2, spanGaps: false, value: derivative },
      ...shown.map((line, i) => ({ label: `step ${line.step}`, stroke: colour(`--c${i + 1}`), width: 1, value: derivative })),
    ],
    plugins: [reach],
  }, [ages, positive(data.influence), ...shown.map((line) => positive(line.influence))], 330);

  const cumulative = (list) => {
    const total = list.reduce((a, b) => a + b, 0) || 1;
    let held = 0;
    return list.map((v) => 100 * (held += v) / total);
  };
  plot('share', {
    scales: { x: { time: false }, y: { range: [0, 100] } },
    axes: [xAxis(), { ...look(), size: 64, label: 'share, %', labelSize: 20 }],
    series: [
      { label: 'ticks back' },
      { label: 'mean over steps', stroke: colour('--c0'), width: 2, value: share },
      ...shown.map((line, i) => ({ label: `step ${line.step}`, stroke: colour(`--c${i + 1}`), width: 1, value: share })),
    ],
    plugins: [reach],
  }, [ages, cumulative(data.influence), ...shown.map((line) => cumulative(line.influence))], 240);

  if (data.heads.length) {
    byId('attention').hidden = false;
    const places = [...new Set(data.heads.map((head) => head.place))];
    places.forEach((place, index) => {
      const heads = data.heads.filter((head) => head.place === place);
      element('h3', place, byId('profiles'));
      const id = `profile${index}`;
      element('div', '', byId('profiles')).id = id;
      plot(id, {
        scales: { x: { time: false }, y: { range: (u, low, high) => [0, high || 1] } },
        axes: [xAxis(), { ...look(), size: 64, label: 'weight', labelSize: 20 }],
        series: [
          { label: 'ticks back' },
          ...heads.map((head, i) => ({ label: `head ${head.head}`, stroke: colour(`--c${i % 6}`), width: 1.5, value: derivative })),
        ],
      }, [heads[0].by_age.map((_, age) => age * data.patch), ...heads.map((head) => head.by_age)], 190);
      heads.forEach((head) => {
        const figure = element('figure', '', byId('maps'));
        const canvas = element('canvas', '', figure);
        const side = head.cells.length;
        canvas.width = side;
        canvas.height = side;
        const most = Math.max(...head.cells.flat(), 1e-12);
        const c = canvas.getContext('2d');
        head.cells.forEach((row, y) => row.forEach((weight, x) => {
          c.fillStyle = `rgba(${colour('--heat')}, ${Math.sqrt(weight / most)})`;
          c.fillRect(x, y, 1, 1);
        }));
        element('figcaption', `${place}, head ${head.head}`, figure);
      });
    });
  }
  addEventListener('resize', () => plots.forEach(([made, id, height]) => made.setSize({ width: width(id), height })));
})();
