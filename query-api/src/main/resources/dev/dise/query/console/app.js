// The shell: navigation, theme, and which page a link leads to.
import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from './parts.js';
import { Flow } from './pages/flow.js';
import { Trace } from './pages/trace.js';
import { Letters } from './pages/letters.js';
import { Events } from './pages/events.js';
import { Search } from './pages/search.js';
import { Tools } from './pages/tools.js';
import { Performance } from './pages/performance.js';
import { Rebuild } from './pages/rebuild.js';
import { Health } from './pages/health.js';

const PAGES = [
  ['flow', 'Flow', Flow],
  ['trace', 'Trace', Trace],
  ['letters', 'Dead letters', Letters],
  ['events', 'Events', Events],
  ['search', 'Search', Search],
  ['tools', 'Tools', Tools],
  ['performance', 'Performance', Performance],
  ['rebuild', 'Rebuild', Rebuild],
  ['health', 'Health', Health],
];

/** A link such as #/tools/parse_json?since=7d as {page, rest, parameters}. */
function place() {
  const [path, search = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [page, ...rest] = path.split('/');
  return { page: page || 'flow', rest: rest.map(decodeURIComponent), parameters: Object.fromEntries(new URLSearchParams(search)) };
}

export function go(page, parameters = {}) {
  const search = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '')).toString();
  location.hash = `#/${page}${search ? `?${search}` : ''}`;
}

function useTheme() {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const [choice, setChoice] = useState(localStorage.getItem('dise.theme') ?? 'system');
  useEffect(() => {
    const show = () => { document.documentElement.dataset.theme = choice === 'system' ? (system.matches ? 'dark' : 'light') : choice; };
    show();
    localStorage.setItem('dise.theme', choice);
    system.addEventListener('change', show);
    return () => system.removeEventListener('change', show);
  }, [choice]);
  return [choice, setChoice];
}

function App() {
  const [at, setAt] = useState(place());
  const [open, setOpen] = useState(false);
  const [theme, setTheme] = useTheme();
  const heading = useRef();
  useEffect(() => {
    const move = () => {
      const next = place();
      setAt((before) => {
        if (before.page !== next.page) setTimeout(() => heading.current?.focus(), 0);
        return next;
      });
      setOpen(false);
    };
    addEventListener('hashchange', move);
    return () => removeEventListener('hashchange', move);
  }, []);
  const [, title, Page] = PAGES.find(([name]) => name === at.page) ?? PAGES[0];
  useEffect(() => { document.title = `${title} · dise`; }, [title]);
  return html`
    <a class="skip" href="#main" onClick=${(e) => { e.preventDefault(); heading.current?.focus(); }}>To the content</a>
    <div class="shell">
      <header class=${`side ${open ? 'open' : ''}`}>
        <div class="head">
          <div class="brand"><img src="icon.svg" alt="" /> dise</div>
          <button class="menu" aria-expanded=${open} aria-controls="nav" onClick=${() => setOpen(!open)}>Menu</button>
        </div>
        <nav id="nav" aria-label="Pages">${PAGES.map(([name, text]) => html`<a href=${`#/${name}`} aria-current=${name === at.page ? 'page' : undefined}>${text}</a>`)}</nav>
        <div class="foot">
          <label>Theme<select value=${theme} onChange=${(e) => setTheme(e.target.value)}><option value="system">as the system</option><option value="light">light</option><option value="dark">dark</option></select></label>
          <a href="/docs">API</a>
        </div>
      </header>
      <main id="main">
        <div class="top"><h1 tabindex="-1" ref=${heading}>${title}</h1></div>
        <${Page} key=${at.page} rest=${at.rest} parameters=${at.parameters} go=${go} />
      </main>
    </div>`;
}

const root = document.getElementById('app');
root.replaceChildren();
render(html`<${App} />`, root);
