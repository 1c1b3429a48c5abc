// Events as they pass, and a form to emit one.
import { useEffect, useRef, useState } from 'preact/hooks';
import { send, stream } from '../api.js';
import { html, Answer, Badge, Failure, Notice, count, fields, useAnswer } from '../parts.js';

const SHOWN = 200;

function Live({ parameters, go }) {
  const [rows, setRows] = useState([]);
  const [seen, setSeen] = useState({ passed: 0, shown: 0 });
  const [problem, setProblem] = useState();
  const [paused, setPaused] = useState(false);
  const held = useRef(false);
  held.current = paused;
  useEffect(() => {
    setRows([]);
    return stream('/v1/events/stream', parameters, (name, data) => {
      if (name === 'counts') setSeen(data);
      if (name === 'events' && !held.current) setRows((before) => [...data.items.reverse(), ...before].slice(0, SHOWN));
    }, (state, failure) => setProblem(state === 'away' ? failure : undefined));
  }, [JSON.stringify(parameters)]);
  const filter = (event) => { event.preventDefault(); go('events', fields(event.target)); };
  return html`<div class="card">
    <form class="filters" onSubmit=${filter} role="search">
      <label>Type<input class="mid" name="type" value=${parameters.type ?? ''} placeholder="log,failure" /></label>
      <label>Tool<input class="mid" name="tool_id" value=${parameters.tool_id ?? ''} /></label>
      <label>Level<input class="mid" name="level" value=${parameters.level ?? ''} placeholder="error,critical" /></label>
      <label class="wide">Has the text<input name="contains" value=${parameters.contains ?? ''} /></label>
      <button>Filter</button>
      <button type="button" class="main" aria-pressed=${paused} onClick=${() => setPaused(!paused)}>${paused ? 'Go on' : 'Pause'}</button>
    </form>
    ${problem && html`<${Failure} problem=${problem} />`}
    <p class="quiet">${count(seen.passed)} passed since you look, ${count(seen.matched ?? seen.passed)} matched${seen.matched > seen.shown ? `, ${count(seen.shown)} shown: at most 20 a second` : ''}.</p>
    <div class="scroll stream" tabindex="0" role="log" aria-label="Events as they pass" aria-live="off"><table><tbody>${rows.map((row) => html`<tr>
      <td class="tight"><time datetime=${row.time}>${row.time.slice(11, 23)}</time></td><td class="tight"><${Badge}>${row.level ?? row.type}<//></td>
      <td class="tight">${row.subject}</td><td>${row.text}</td><td class="tight"><a href=${`#/trace/${encodeURIComponent(row.event_id)}`}>trace</a></td></tr>`)}</tbody></table></div>
    ${rows.length === 0 && html`<p class="quiet">Waiting for events …</p>`}
  </div>`;
}

/** An input for a property of a schema; whatever has structure is written as JSON. */
function Field({ name, schema, required }) {
  const type = [schema.type].flat()[0];
  const label = `${name}${required ? ' *' : ''}`;
  const hint = schema.description ?? '';
  if (schema.enum) return html`<label>${label}<select name=${name} required=${required}><option></option>${schema.enum.filter(Boolean).map((one) => html`<option>${one}</option>`)}</select></label>`;
  if (type === 'boolean') return html`<label>${label}<select name=${name}><option></option><option>true</option><option>false</option></select></label>`;
  if (type === 'number' || type === 'integer') return html`<label>${label}<input type="number" step="any" name=${name} required=${required} title=${hint} /></label>`;
  if (type === 'object' || type === 'array') return html`<label class="wide">${label}, as JSON<input name=${name} required=${required} title=${hint} placeholder=${type === 'object' ? '{"user":7}' : '["a"]'} /></label>`;
  return html`<label class=${required ? 'wide' : ''}>${label}<input name=${name} required=${required} title=${hint} maxlength=${schema.maxLength} /></label>`;
}

function valueOf(text, schema) {
  const type = [schema.type].flat()[0];
  if (type === 'number' || type === 'integer') return Number(text);
  if (type === 'boolean') return text === 'true';
  if (type === 'object' || type === 'array') return JSON.parse(text);
  return text;
}

function Emit() {
  const catalogue = useAnswer('/v1/schemas');
  const [type, setType] = useState('log');
  const schema = useAnswer(`/v1/schemas/${type}`);
  const [outcome, setOutcome] = useState();
  const [problem, setProblem] = useState();
  const emit = (event) => {
    event.preventDefault();
    setProblem(undefined);
    setOutcome(undefined);
    try {
      const data = Object.fromEntries(Object.entries(fields(event.target)).map(([name, text]) => [name, valueOf(text, schema.data.properties[name] ?? {})]));
      send('POST', '/v1/events', { type, data }).then(setOutcome).catch(setProblem);
    } catch (failure) {
      setProblem(new Error(`A field that is JSON is not: ${failure.message}`));
    }
  };
  return html`<div class="card"><h2>Emit one</h2>
    <${Answer} of=${catalogue}>${({ items }) => html`<label class="block">Type<select value=${type} onChange=${(e) => setType(e.target.value)}>${items.map((item) => html`<option>${item.type}</option>`)}</select></label>`}<//>
    <${Answer} of=${schema}>${(form) => html`<form key=${type} class="filters" onSubmit=${emit}>
      ${Object.entries(form.properties).sort(([a], [b]) => form.required.includes(b) - form.required.includes(a)).map(([name, one]) => html`<${Field} name=${name} schema=${one} required=${form.required.includes(name)} />`)}
      <button class="main">Emit</button></form>`}<//>
    ${problem && html`<${Failure} problem=${problem} />`}
    ${outcome && html`<${Notice} tone="good">Accepted. <a href=${`#/trace/${encodeURIComponent(outcome.event_id)}`}>Trace ${outcome.event_id}</a><//>`}
  </div>`;
}

export function Events({ parameters, go }) {
  return html`<${Live} parameters=${parameters} go=${go} /><${Emit} />`;
}
