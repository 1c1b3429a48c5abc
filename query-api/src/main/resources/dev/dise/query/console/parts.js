// What pages are made of.
import { h, Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import htm from 'htm';
import { get } from './api.js';

export const html = htm.bind(h);
export { Fragment };

export const count = (n) => (n === undefined || n === null ? '–' : Number(n).toLocaleString('en'));
export const rate = (n) => `${n >= 100 ? count(Math.round(n)) : (Math.round(n * 10) / 10).toLocaleString('en')}/s`;
export const percent = (n) => (n === undefined || n === null ? '–' : `${Math.round(n * 100)} %`);

export function span(seconds) {
  if (seconds === undefined || seconds === null) return '–';
  if (seconds === 0) return '0 s';
  if (seconds < 0.001) return `${Math.round(seconds * 1e6)} µs`;
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 120) return `${Math.round(seconds * 10) / 10} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86400)} days`;
}

const two = (n) => String(n).padStart(2, '0');
const day = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

/** A moment as the reader's clock has it, without the day where that is today. */
export function moment(date, withSeconds = true) {
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return day(date) === day(new Date()) ? `${clock}${withSeconds ? `:${two(date.getSeconds())}` : ''}` : `${day(date)} ${clock}`;
}

/** What stands below a time axis: moments in seconds, over a range in seconds. */
export const clock = (splits, range) => splits.map((at) => {
  const date = new Date(at * 1000);
  if (range > 2 * 86400) return day(date);
  return `${two(date.getHours())}:${two(date.getMinutes())}${range < 600 ? `:${two(date.getSeconds())}` : ''}`;
});

/** A time by the reader's clock; the whole of it is in the title. */
export function Time({ at }) {
  if (!at) return html`<span class="quiet">–</span>`;
  return html`<time datetime=${at} title=${at} class="tight">${moment(new Date(at))}</time>`;
}

const TONES = {
  critical: 'bad', error: 'bad', high: 'bad', failed: 'bad', stalled: 'bad', quarantined: 'bad', away: 'bad', unlikely: 'bad', down: 'bad',
  warning: 'warn', medium: 'warn', growing: 'warn', open: 'warn', unsure: 'warn', waiting: 'warn', regressed: 'bad',
  unknown: 'warn', following: 'good', running: 'warn', building: 'warn', missing: 'bad', refused: 'bad', discarded: 'warn',
  'caught up': 'good', live: 'good', up: 'good', done: 'good', resolved: 'good', likely: 'good', stored: 'good', draining: 'good', redriven: 'good',
};
export const Badge = ({ children }) => html`<span class=${`badge ${TONES[String(children).toLowerCase()] ?? ''}`}>${children}</span>`;

export const Notice = ({ tone = '', children }) => html`<div class=${`notice ${tone}`} role=${tone === 'bad' ? 'alert' : 'status'}>${children}</div>`;
export const Failure = ({ problem }) => html`<${Notice} tone="bad">${problem.message}${problem.status === 401 && html` <a href="#/health">Give a key</a>.`}<//>`;
export const Empty = ({ children }) => html`<p class="quiet">${children}</p>`;

/** Asks once, and again when what it depends on changes. */
export function useAnswer(path, parameters = {}, every = 0) {
  const [state, setState] = useState({ loading: true });
  const [round, again] = useState(0);
  const key = JSON.stringify([path, parameters]);
  useEffect(() => {
    if (!path) return setState({});
    const control = new AbortController();
    const ask = () => get(path, parameters, control.signal)
      .then((data) => setState({ data, key }))
      .catch((problem) => problem.name !== 'AbortError' && setState((before) => ({ ...before, loading: false, problem })));
    setState((before) => (before.key === key ? { ...before, loading: true } : { loading: true, key }));
    ask();
    const timer = every ? setInterval(ask, every) : 0;
    return () => { control.abort(); clearInterval(timer); };
  }, [key, round, every]);
  return { ...state, reload: () => again(round + 1) };
}

/** Whether the screen is as narrow as a phone's. */
export function useNarrow() {
  const narrow = matchMedia('(max-width: 52rem)');
  const [is, set] = useState(narrow.matches);
  useEffect(() => {
    const change = () => set(narrow.matches);
    narrow.addEventListener('change', change);
    return () => narrow.removeEventListener('change', change);
  }, []);
  return is;
}

/** What is shown of an answer that may not be there yet. */
export function Answer({ of, children }) {
  if (of.problem && !of.data) return html`<${Failure} problem=${of.problem} />`;
  if (!of.data) return html`<p class="quiet">Loading …</p>`;
  return children(of.data);
}

/**
 * A table that becomes a list of cards on a narrow screen.
 * columns: [{name, of: row => content, number?, tight?}]
 */
export function Table({ columns, rows, label, stack = true }) {
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${label}><table class=${stack ? 'stack' : ''}>
    <thead><tr>${columns.map((column) => html`<th scope="col" class=${column.number ? 'number' : ''}>${column.name}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${columns.map((column) => html`<td data-name=${column.name} class=${`${column.number ? 'number' : ''} ${column.tight ? 'tight' : ''}`}>${column.of(row)}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}

/** Asks for a name before something is done that cannot be undone. */
export function Confirm({ title, name, children, action, onDone, onCancel }) {
  const dialog = useRef();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState();
  const [busy, setBusy] = useState(false);
  useEffect(() => dialog.current.showModal(), []);
  const run = (event) => {
    event.preventDefault();
    setBusy(true);
    action().then(onDone).catch(setProblem).finally(() => setBusy(false));
  };
  return html`<dialog ref=${dialog} onClose=${onCancel} aria-labelledby="confirm-title"><form onSubmit=${run}>
    <h2 id="confirm-title">${title}</h2>
    <div>${children}</div>
    ${problem && html`<${Failure} problem=${problem} />`}
    <p><label class="wide">Type <b>${name}</b> to go on<input autofocus value=${typed} onInput=${(e) => setTyped(e.target.value)} autocomplete="off" /></label></p>
    <div class="row"><button class="main danger" disabled=${typed !== name || busy}>${title}</button><button type="button" onClick=${onCancel}>Cancel</button></div>
  </form></dialog>`;
}

/** The current text of a form's fields, without the empty ones. */
export const fields = (form) => Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''));

export const json = (value) => html`<pre tabindex="0">${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</pre>`;
