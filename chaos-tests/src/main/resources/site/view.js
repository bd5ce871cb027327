// Draws pages. Rows are kept by product, so that a row that moves is seen to move.

import { drawing, seedOf } from './shapes.js';
import { t, local, number, price } from './text.js';

const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** The text of untrusted values, for use inside markup. */
export const esc = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

let shop = { labels: new Map(), shapes: new Map(), hues: new Map() };
export function setShop(found) { shop = found; }

/** "beauty/skincare" in the visitor's language; the last part of the path when the shop has no word for it. */
export function categoryName(path) {
  const last = path.split('/').pop();
  return local(shop.labels.get(path), last.charAt(0).toUpperCase() + last.slice(1).replaceAll('-', ' '));
}

export function artOf(product, id) {
  const path = typeof product.category === 'string' ? product.category : '';
  return drawing(shop.shapes.get(path), shop.hues.get(path.split('/')[0]) ?? seedOf(id) % 360, seedOf(product.groupId ?? id));
}

export const nameOf = (product, id) => local(product.name ?? product.title, id);
const brandOf = (product) => local(product.brandName ?? product.brand);

function movement(m) {
  if (!m) return '<span class="move none"></span>';
  if (m.state === 'new') return `<span class="move new">${t('NEW')}</span>`;
  if (m.state === 'same') return `<span class="move same"><i aria-hidden="true">–</i><span class="hidden">${t('same')}</span></span>`;
  return `<span class="move ${m.state}"><i aria-hidden="true">${m.state === 'up' ? '▲' : '▼'}</i><b aria-hidden="true">${m.by}</b><span class="hidden">${esc(t(m.state)(m.by))}</span></span>`;
}

function badges(item) {
  const product = item.product;
  const all = [];
  if (item.promoted) all.push(['promoted', t('promoted')]);
  if (typeof product.stock === 'number' && product.stock > 0 && product.stock <= 5) all.push(['low', t('left')(product.stock)]);
  for (const b of Array.isArray(product.badges) ? product.badges : []) if (typeof b === 'string') all.push([/^[a-z-]+$/.test(b) ? b : '', t('badges')[b] ?? b]);
  return all.slice(0, 3).map(([kind, text]) => `<span class="badge ${kind}">${esc(text)}</span>`).join('');
}

export function prices(product) {
  const now = price(product.price, product.currency);
  if (!now) return '';
  const was = product.listPrice > product.price ? Math.round((1 - product.price / product.listPrice) * 100) : 0;
  return `<span class="price">${was ? `<em>${esc(t('off')(was))}</em> ` : ''}<strong>${esc(now)}</strong>${was ? ` <s>${esc(price(product.listPrice, product.currency))}</s>` : ''}</span>`;
}

function row(item, soldLabel) {
  const { product, productId: id } = item;
  const from = item.movement?.from;
  const move = item.movement && { state: item.movement.state, by: from ? Math.abs(from - item.rank) : 0 };
  const score = soldLabel && item.score !== undefined ? `<span class="score">${esc(t('sold')(number(item.score)))}</span>` : '';
  return `<span class="place"><span class="hidden">${esc(t('rank')(item.rank))}</span><span class="n" aria-hidden="true">${item.rank}</span>${movement(move)}</span>
    <span class="tile">${artOf(product, id)}</span>
    <span class="what"><span class="brand">${esc(brandOf(product))}</span><button type="button" class="name" data-product="${esc(id)}">${esc(nameOf(product, id))}</button><span class="badges">${badges(item)}</span></span>
    <span class="cost">${prices(product)}${score}</span>`;
}

const rows = new Map(); // product id -> { element, html, rank }

/** Forgets the rows: another listing is shown from here on. */
export function clear(list) {
  rows.clear();
  list.replaceChildren();
}

/** Brings the list to the items; rows that changed place glide there. */
export function draw(list, items, soldLabel) {
  const glide = !calm.matches && rows.size > 0 && !document.hidden;
  const before = new Map();
  if (glide) for (const [id, known] of rows) before.set(id, known.element.getBoundingClientRect());
  const shown = new Set();
  let at = list.firstElementChild;
  for (const item of items) {
    const id = item.productId;
    shown.add(id);
    let known = rows.get(id);
    if (!known) {
      known = { element: document.createElement('li'), html: '', rank: 0 };
      rows.set(id, known);
    }
    const html = row(item, soldLabel);
    if (known.html !== html) replace(known, html);
    const klass = item.rank <= 3 ? `p p${item.rank}` : '';
    if (known.element.className !== klass) known.element.className = klass;
    known.element.value = item.rank;
    known.climbed = known.rank > 0 && item.rank < known.rank;
    known.rank = item.rank;
    if (known.element === at) at = at.nextElementSibling;
    else list.insertBefore(known.element, at);
  }
  for (const [id, known] of rows) {
    if (shown.has(id)) continue;
    known.element.remove();
    rows.delete(id);
  }
  if (glide) animate(before);
}

function replace(known, html) {
  const focused = known.element.contains(document.activeElement);
  known.element.innerHTML = html;
  known.html = html;
  if (focused) known.element.querySelector('.name').focus({ preventScroll: true });
}

function animate(before) {
  const height = innerHeight;
  for (const [id, known] of rows) {
    const was = before.get(id);
    const now = known.element.getBoundingClientRect();
    if (now.top > height + 200 && (!was || was.top > height + 200)) continue;
    if (!was) {
      known.element.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 350 });
    } else if (was.left !== now.left || was.top !== now.top) {
      known.element.animate([{ transform: `translate(${was.left - now.left}px, ${was.top - now.top}px)` }, { transform: 'none' }], { duration: 480, easing: 'cubic-bezier(.2,.8,.2,1)' });
      if (known.climbed) known.element.querySelector('.n').animate([{ color: 'var(--accent)' }, {}], { duration: 1600 });
    }
  }
}
