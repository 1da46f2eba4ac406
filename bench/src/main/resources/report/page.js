'use strict';
// The page is whole without this: it only remembers a language and a theme, and shows a row's facts where one points.
const root = document.documentElement;
const all = (selector) => Array.from(document.querySelectorAll(selector));
const recall = (key) => { try { return localStorage.getItem('sunchak-bench-' + key); } catch { return null; } };
const remember = (key, value) => { try { localStorage.setItem('sunchak-bench-' + key, value); } catch { /* private mode */ } };

function choose(kind, value) {
  if (kind === 'lang') {
    root.lang = value;
    for (const name of ['aria-label', 'content']) {
      for (const element of all(`[data-${name}-${value}]`)) element.setAttribute(name, element.getAttribute(`data-${name}-${value}`));
    }
  }
  root.dataset[kind] = value;
  for (const button of all(`button[data-${kind}]`)) button.setAttribute('aria-pressed', String(button.dataset[kind] === value));
}

const asked = new URLSearchParams(location.search);
const allowed = { lang: ['en', 'ko'], theme: ['auto', 'light', 'dark'] };
for (const [kind, fallback] of [['lang', navigator.language.startsWith('ko') ? 'ko' : 'en'], ['theme', 'auto']]) {
  const wanted = asked.get(kind) ?? recall(kind);
  choose(kind, allowed[kind].includes(wanted) ? wanted : fallback);
  for (const button of all(`button[data-${kind}]`)) {
    button.addEventListener('click', () => { choose(kind, button.dataset[kind]); remember(kind, button.dataset[kind]); });
  }
}

for (const button of all('button[data-scale]')) {
  button.addEventListener('click', () => {
    const figure = button.closest('figure');
    for (const drawing of figure.querySelectorAll('.drawing')) drawing.hidden = drawing.dataset.drawn !== button.dataset.scale;
    for (const other of figure.querySelectorAll('button[data-scale]')) other.setAttribute('aria-pressed', String(other === button));
  });
}

const tip = document.body.appendChild(Object.assign(document.createElement('div'), { className: 'tip', hidden: true }));
tip.setAttribute('aria-hidden', 'true');
function show(row, x, y) {
  tip.textContent = row.getAttribute('aria-label');
  tip.hidden = false;
  const { width, height } = tip.getBoundingClientRect();
  tip.style.left = Math.max(8, Math.min(x + 14, innerWidth - width - 8)) + 'px';
  tip.style.top = (y + height + 22 > innerHeight ? Math.max(8, y - height - 12) : y + 14) + 'px';
}
const hide = () => { tip.hidden = true; };
const showFocused = (row) => { const box = row.getBoundingClientRect(); show(row, box.left + 120, box.bottom - 16); };
for (const drawing of all('.drawing svg')) {
  const rows = Array.from(drawing.querySelectorAll('.row'));
  rows.forEach((row, i) => {
    row.setAttribute('tabindex', i === 0 ? '0' : '-1');
    row.addEventListener('pointermove', (event) => show(row, event.clientX, event.clientY));
    row.addEventListener('pointerleave', hide);
    row.addEventListener('focus', () => showFocused(row));
    row.addEventListener('blur', hide);
  });
  drawing.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = rows[rows.indexOf(document.activeElement) + step];
    if (event.key === 'Escape') hide();
    if (!step || !next) return;
    event.preventDefault();
    rows.forEach((row) => row.setAttribute('tabindex', row === next ? '0' : '-1'));
    next.focus();
  });
}
addEventListener('scroll', () => {
  const row = document.activeElement;
  if (row?.matches('.row')) showFocused(row);
  else hide();
}, { passive: true });

document.getElementById('save')?.addEventListener('click', () => {
  const text = document.getElementById('data').textContent;
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob([text], { type: 'application/json' })), download: 'results.json' });
  link.click();
  URL.revokeObjectURL(link.href);
});
addEventListener('beforeprint', () => { for (const details of all('figcaption details')) details.open = true; });
