// Charts: a line that is small enough for a table, and uPlot for those to read values from.
import { useEffect, useRef } from 'preact/hooks';
import { html } from '../parts.js';

export function Sparkline({ values, label, width = 180, height = 34 }) {
  const known = values.filter((v) => v !== null && v !== undefined).map(Number);
  if (known.length === 0) return null;
  const low = Math.min(...known);
  const range = Math.max(...known) - low || 1;
  const points = known.map((v, i) => `${(i / Math.max(1, known.length - 1)) * (width - 4) + 2},${height - 3 - ((v - low) / range) * (height - 6)}`).join(' ');
  return html`<svg width=${width} height=${height} role="img" aria-label=${`${label}: from ${low} to ${Math.max(...known)}, last ${known.at(-1)}`}>
    ${known.length === 1 ? html`<circle cx=${width / 2} cy=${height / 2} r="3" fill="var(--accent)" />` : html`<polyline points=${points} fill="none" stroke="var(--accent)" stroke-width="2" />`}</svg>`;
}

let loading;
function uPlot() {
  loading ??= new Promise((resolve, reject) => {
    const sheet = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: 'vendor/uplot.css' });
    const script = Object.assign(document.createElement('script'), { src: 'vendor/uplot.js', onload: () => resolve(window.uPlot), onerror: reject });
    document.head.append(sheet, script);
  });
  return loading;
}

const COLOURS = ['#3b82f6', '#e0701c', '#2a9d62', '#b14ed3', '#c9392c', '#0f9fb5'];

/**
 * Series over time.
 * series: [{name, points: [[seconds, value]]}], markers: [{at: seconds, name}]
 */
export function TimeChart({ series, markers = [], label, height = 300 }) {
  const place = useRef();
  useEffect(() => {
    let chart;
    let ended = false;
    uPlot().then((Plot) => {
      if (ended) return;
      const times = [...new Set(series.flatMap((s) => s.points.map(([at]) => at)))].sort((a, b) => a - b);
      const columns = series.map((s) => { const by = new Map(s.points); return times.map((at) => by.get(at) ?? null); });
      const ink = getComputedStyle(document.body).color;
      const axis = { stroke: ink, grid: { stroke: 'rgb(128 128 128 / .25)' }, ticks: { stroke: 'rgb(128 128 128 / .25)' } };
      const draw = (u) => markers.forEach((m) => {
        const x = u.valToPos(m.at, 'x', true);
        if (x < u.bbox.left || x > u.bbox.left + u.bbox.width) return;
        u.ctx.save();
        u.ctx.strokeStyle = ink;
        u.ctx.setLineDash([4, 4]);
        u.ctx.beginPath();
        u.ctx.moveTo(x, u.bbox.top);
        u.ctx.lineTo(x, u.bbox.top + u.bbox.height);
        u.ctx.stroke();
        u.ctx.fillStyle = ink;
        u.ctx.fillText(m.name, x + 4, u.bbox.top + 12);
        u.ctx.restore();
      });
      const size = () => ({ width: Math.max(260, place.current.clientWidth), height });
      chart = new Plot({ ...size(), axes: [axis, { ...axis, size: 64 }], hooks: { draw: [draw] },
        series: [{}, ...series.map((s, i) => ({ label: s.name, stroke: COLOURS[i % COLOURS.length], width: 2, spanGaps: true, points: { show: times.length < 40 } }))] },
      [times, ...columns], place.current);
      const fit = () => chart.setSize(size());
      addEventListener('resize', fit);
      const destroy = chart.destroy.bind(chart);
      chart.destroy = () => { removeEventListener('resize', fit); destroy(); };
    });
    return () => { ended = true; chart?.destroy(); };
  }, [JSON.stringify(series), JSON.stringify(markers)]);
  return html`<div ref=${place} role="img" aria-label=${label}></div>`;
}
