// Elements from words: text is always text, never markup.

export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false).map((c) => (c instanceof Node ? c : String(c))));
  return element;
}

export const $ = (id) => document.getElementById(id);

/**
 * @param tall on a phone each row stands as a list of its cells, so that its buttons are in sight
 */
export function table(heads, rows, caption, tall = false) {
  if (tall) rows.forEach((r) => [...r.cells].forEach((cell, i) => { cell.dataset.head = heads[i]; }));
  return el('div', { class: tall ? 'scroll tall' : 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    el('table', {},
      el('caption', { class: 'hidden' }, caption),
      el('thead', {}, el('tr', {}, heads.map((h) => el('th', { scope: 'col' }, h)))),
      el('tbody', {}, rows)));
}

export const row = (...cells) => el('tr', {}, cells.map((c) => (c instanceof HTMLTableCellElement ? c : el('td', {}, c))));
export const num = (value) => el('td', { class: 'num' }, value);

export function notice(message, bad = false) {
  const place = $('notice');
  place.textContent = message;
  place.hidden = !message;
  place.dataset.bad = bad;
}
