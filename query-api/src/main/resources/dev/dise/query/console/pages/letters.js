// Dead letters: groups, single ones beside the rule that they break, mending, redriving, discarding.
import { useState } from 'preact/hooks';
import { work } from '../api.js';
import { html, Answer, Badge, Confirm, Empty, Failure, Notice, Table, Time, count, json, useAnswer } from '../parts.js';

const LETTERS = '/v1/admin/dead-letters';
const parsed = (text) => { try { return JSON.parse(text); } catch { return undefined; } };
const pretty = (text) => { const value = parsed(text); return value === undefined ? text ?? '' : JSON.stringify(value, null, 2); };
const total = (outcomes = {}) => Object.entries(outcomes).map(([what, n]) => `${count(n)} ${what.replaceAll('_', ' ')}`).join(', ') || 'nothing to do';

/** What the schema says of a field, in a line. */
function ruleOf(schema, name) {
  const rule = schema?.properties?.[name];
  if (!rule) return schema ? 'there is no such field' : '';
  const type = [rule.type].flat().filter((one) => one && one !== 'null').join(' or ');
  const allowed = rule.enum ? `one of ${rule.enum.filter(Boolean).join(', ')}` : type;
  const length = rule.maxLength ? `, at most ${count(rule.maxLength)} characters` : '';
  return `${schema.required?.includes(name) ? 'required, ' : ''}${allowed}${length}. ${rule.description ?? ''}`;
}

function Broken({ letter }) {
  const value = parsed(letter.payload);
  const names = [...new Set(letter.paths.map((path) => path.split('/')[1]).filter((name) => letter.schema?.properties && name))];
  if (names.length === 0) return null;
  return html`<${Table} label="Fields that break a rule" rows=${names} columns=${[
    { name: 'field', of: (name) => html`<code>${name}</code>` },
    { name: 'is', of: (name) => (value?.[name] === undefined ? html`<span class="quiet">absent</span>` : html`<code>${JSON.stringify(value[name]).slice(0, 200)}</code>`) },
    { name: 'must be', of: (name) => ruleOf(letter.schema, name) },
  ]} />`;
}

function History({ steps }) {
  if (!steps?.length) return null;
  return html`<h3>What was done with it</h3><ul>${steps.map((step) => html`<li><${Time} at=${step.at} /> ${step.action} by ${step.by}${step.outcome ? `: ${step.outcome}` : ''}</li>`)}</ul>`;
}

function Mend({ letter, onDone }) {
  const id = letter.letter.id;
  const mendable = letter.letter.complete && parsed(letter.payload) !== undefined;
  const [text, setText] = useState();
  const [outcome, setOutcome] = useState();
  const [problem, setProblem] = useState();
  const [busy, setBusy] = useState(false);
  const redrive = (dry) => {
    setProblem(undefined);
    setOutcome(undefined);
    const edit = text === undefined ? undefined : parsed(text);
    if (text !== undefined && edit === undefined) return setProblem(new Error('The payload is not JSON: look for a missing comma or quote.'));
    setBusy(true);
    work(`${LETTERS}/redrive`, { ids: [id], edit, dry_run: dry })
      .then((done) => { setOutcome({ dry, ...done }); if (!dry) onDone(); })
      .catch(setProblem).finally(() => setBusy(false));
  };
  return html`
    <label class="wide block">${mendable ? 'Payload, which you can mend' : 'Payload'}
      <textarea spellcheck="false" readonly=${!mendable} value=${text ?? pretty(letter.payload ?? letter.payload_base64)} onInput=${(e) => setText(e.target.value)}></textarea></label>
    ${problem && html`<${Failure} problem=${problem} />`}
    ${outcome && html`<${Notice} tone="good">${outcome.dry ? `Dry run: ${total(outcome.outcomes)}. Nothing was changed.` : `${total(outcome.outcomes)}. Within moments it is stored, or here again with another try counted.`}
      ${!outcome.dry && letter.letter.event_id && html` <a href=${`#/trace/${encodeURIComponent(letter.letter.event_id)}`}>See where it is.</a>`}<//>`}
    <div class="row"><button disabled=${busy} onClick=${() => redrive(true)}>Dry run</button><button class="main" disabled=${busy} onClick=${() => redrive(false)}>${text === undefined ? 'Redrive' : 'Redrive as mended'}</button></div>`;
}

function Letter({ id }) {
  const answer = useAnswer(`${LETTERS}/${encodeURIComponent(id)}`);
  return html`<p><a href="#/letters">all dead letters</a></p><div class="card"><${Answer} of=${answer}>${(whole) => html`
    <div class="row spread"><h2>${whole.letter.type || 'a record of no known type'} from <code>${whole.letter.source}</code></h2><span class="row"><${Badge}>${whole.letter.state}<//><${Badge}>${whole.letter.reason}<//></span></div>
    <${Notice} tone="bad">${whole.error}<//>
    <${Broken} letter=${whole} />
    <div class="split roomy">
      <div><${Mend} letter=${whole} onDone=${answer.reload} /></div>
      <div><p class="quiet">Refused by <b>${whole.letter.stage}</b> <${Time} at=${whole.letter.at} />, try ${whole.letter.attempts}.</p>
        ${whole.letter.event_id && html`<p><a href=${`#/trace/${encodeURIComponent(whole.letter.event_id)}`}>Trace event <code>${whole.letter.event_id}</code></a></p>`}
        <${History} steps=${whole.history} />
        <details><summary>headers</summary>${json(Object.fromEntries(whole.headers.map((h) => [h.name, h.value?.text ?? h.value])))}</details>
        ${whole.schema && html`<details><summary>schema of ${whole.letter.type}</summary>${json(whole.schema)}</details>`}
      </div>
    </div>`}<//></div>`;
}

function Groups({ groups, go }) {
  return html`<${Table} label="Groups of dead letters" rows=${groups} columns=${[
    { name: 'reason', of: (g) => html`<button class="link" onClick=${() => go('letters', { fingerprint: g.fingerprint })}>${g.reason}</button>` },
    { name: 'stage', tight: true, of: (g) => g.stage },
    { name: 'what', of: (g) => g.message },
    { name: 'letters', number: true, of: (g) => count(g.count) },
    { name: 'open', number: true, of: (g) => count(g.open) },
    { name: 'quarantined', number: true, of: (g) => count(g.quarantined) },
    { name: 'first', of: (g) => html`<${Time} at=${g.first_seen} />` },
    { name: 'last', of: (g) => html`<${Time} at=${g.last_seen} />` },
  ]} />`;
}

function Group({ filter, onDone }) {
  const [asked, setAsked] = useState();
  const [outcome, setOutcome] = useState();
  const [problem, setProblem] = useState();
  const run = (path, body, say) => work(path, { ...filter, ...body }).then((done) => { setOutcome(say(done)); setProblem(undefined); onDone(); });
  const sent = (dry) => (done) => `${dry ? 'Dry run: ' : ''}${total(done.outcomes)}.${done.held?.length ? ` Held back: ${count(done.held.length)}.` : ''}`;
  return html`<div class="row"><a href="#/letters">show all</a>
      <button onClick=${() => run(`${LETTERS}/redrive`, { dry_run: true }, sent(true)).catch(setProblem)}>Dry run</button>
      <button onClick=${() => setAsked({ title: 'Redrive', text: 'Every open letter of this group goes in again where it was refused. What is still refused comes back.', run: () => run(`${LETTERS}/redrive`, {}, sent(false)) })}>Redrive these</button>
      <button class="danger" onClick=${() => setAsked({ title: 'Discard', text: 'They are given up, and the books count them as discarded.', run: () => run(`${LETTERS}/discard`, { why: 'discarded in the console' }, (done) => `${count(done.discarded)} discarded.`) })}>Discard these</button></div>
    ${problem && html`<${Failure} problem=${problem} />`}${outcome && html`<${Notice} tone="good">${outcome}<//>`}
    ${asked && html`<${Confirm} title=${asked.title} name=${asked.title.toLowerCase()} action=${asked.run} onCancel=${() => setAsked(undefined)} onDone=${() => setAsked(undefined)}><p>${asked.text}</p><//>`}`;
}

function Listed({ parameters, go }) {
  const groups = useAnswer(`${LETTERS}/summary`, {}, 5000);
  const letters = useAnswer(LETTERS, { ...parameters, limit: 100 }, 5000);
  const filtered = Object.keys(parameters).length > 0;
  return html`
    <div class="card"><h2>Groups</h2><${Answer} of=${groups}>${({ items }) => (items.length === 0 ? html`<${Empty}>There are no dead letters. What cannot be stored comes here with its reason, and can be mended and sent again.<//>` : html`<${Groups} groups=${items} go=${go} />`)}<//></div>
    <div class="card"><div class="row spread"><h2>${filtered ? 'Letters of this group' : 'Newest letters'}</h2></div>
      ${filtered && html`<${Group} filter=${parameters} onDone=${() => { groups.reload(); letters.reload(); }} />`}
      <${Answer} of=${letters}>${({ items }) => (items.length === 0 ? html`<${Empty}>None.<//>` : html`
      <${Table} label="Dead letters" rows=${items} columns=${[
        { name: 'letter', tight: true, of: (l) => html`<a href=${`#/letters/${encodeURIComponent(l.id)}`}><code>${l.id}</code></a>` },
        { name: 'type', tight: true, of: (l) => l.type || '–' },
        { name: 'reason', of: (l) => l.reason },
        { name: 'message', of: (l) => l.message },
        { name: 'tries', number: true, of: (l) => l.attempts },
        { name: 'state', of: (l) => html`<${Badge}>${l.state}<//>` },
        { name: 'at', of: (l) => html`<${Time} at=${l.at} />` },
      ]} />`)}<//></div>`;
}

export function Letters({ rest, parameters, go }) {
  return rest[0] ? html`<${Letter} key=${rest[0]} id=${rest[0]} />` : html`<${Listed} parameters=${parameters} go=${go} />`;
}
