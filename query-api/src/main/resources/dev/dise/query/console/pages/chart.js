// Charts: a line that is small enough for a table, and uPlot for those to read values from.
import { useEffect, useRef } from 'preact/hooks';
import { html, clock, moment } from '../parts.js';

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
const LEAST_SECONDS = 60;
const GRID = 'rgb(128 128 128 / .25)';

/** uPlot's columns: the times, then each series' value at each of them. */
function columnsOf(series) {
  const times = [...new Set(series.flatMap((s) => s.points.map(([at]) => at)))].sort((a, b) => a - b);
  return [times, ...series.map((s) => { const by = new Map(s.points); return times.map((at) => by.get(at) ?? null); })];
}

/** From the first to the last moment, but never narrower than a minute: uPlot makes years of a single one. */
function timeRange(chart) {
  const times = chart.data[0];
  if (times.length === 0) return [0, LEAST_SECONDS];
  const middle = (times[0] + times.at(-1)) / 2;
  const half = Math.max(LEAST_SECONDS, times.at(-1) - times[0]) / 2;
  return [middle - half, middle + half];
}

function drawMarkers(chart, markers) {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = getComputedStyle(document.body).color;
  ctx.setLineDash([4, 4]);
  for (const marker of markers) {
    const x = chart.valToPos(marker.at, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.fillText(marker.name, x + 4, bbox.top + 12);
  }
  ctx.restore();
}

function options(series, markers, size) {
  const axis = { stroke: () => getComputedStyle(document.body).color, grid: { stroke: GRID }, ticks: { stroke: GRID } };
  const low = Math.min(0, ...series.flatMap((s) => s.points.map(([, value]) => value)));
  return { ...size, axes: [{ ...axis, values: (chart, splits) => clock(splits, chart.scales.x.max - chart.scales.x.min), space: 80 }, { ...axis, size: 64 }], hooks: { draw: [(chart) => drawMarkers(chart, markers.current)] },
    scales: { x: { range: timeRange }, y: { range: (_, __, high) => [low, high > low ? high * 1.05 : low + 1] } },
    series: [{ value: (_, at) => (at === null ? '–' : moment(new Date(at * 1000))) }, ...series.map((s, i) => ({ label: s.name, stroke: COLOURS[i % COLOURS.length], width: 2, spanGaps: true,
      points: { show: (chart) => chart.data[0].length < 40, size: 6 }, value: (_, v) => (v === null ? '–' : v.toLocaleString('en', { maximumSignificantDigits: 5 })) }))] };
}

/**
 * Series over time; new points move the same chart.
 * series: [{name, points: [[seconds, value]]}], markers: [{at: seconds, name}]
 */
export function TimeChart({ series, markers = [], label, height = 300 }) {
  const place = useRef();
  const chart = useRef();
  const marked = useRef(markers);
  marked.current = markers;
  useEffect(() => {
    let ended = false;
    const size = () => ({ width: Math.max(240, place.current.clientWidth), height });
    const fit = new ResizeObserver(() => chart.current?.setSize(size()));
    uPlot().then((Plot) => {
      if (ended) return;
      chart.current = new Plot(options(series, marked, size()), columnsOf(series), place.current);
      fit.observe(place.current);
    });
    return () => { ended = true; fit.disconnect(); chart.current?.destroy(); chart.current = undefined; };
  }, [series.map((s) => s.name).join()]);
  useEffect(() => chart.current?.setData(columnsOf(series)), [JSON.stringify(series), JSON.stringify(markers)]);
  return html`<div class="chart" ref=${place} role="img" aria-label=${label} data-points=${series[0]?.points.length ?? 0}></div>`;
}
