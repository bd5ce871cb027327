// A board: what is shown beside what was sold, and why.

import { call, query } from './api.js';
import { el, notice, num, row, table } from './dom.js';
import { number, text, time } from './text.js';
import { ask, chosen, draw, here, sliceText, state, titleOf } from './app.js';
import { openProduct } from './product.js';

export const named = (item, open) => el('td', {},
  open ? el('button', { type: 'button', class: 'link', onclick: () => open(item.productId) }, item.name || item.productId) : item.name || item.productId,
  item.name ? el('span', { class: 'id' }, item.productId) : null);

const organicOf = (item) => {
  const by = item.organicRank - item.rank;
  const arrow = !item.organicRank || by === 0 ? '' : by > 0 ? ` ▲${by}` : ` ▼${-by}`;
  return el('td', { class: 'num' }, item.organicRank || '–', arrow ? el('span', { class: `moved ${by > 0 ? 'up' : 'down'}` }, arrow) : null);
};

export async function board() {
  const b = chosen();
  const listing = await call(`/listings/${state.board}${here()}`);
  const open = (id) => openProduct(id, listing);
  const rows = listing.items.map((i) => row(
    el('td', { class: 'num rank' }, i.rank), organicOf(i), named(i, open), num(number(i.score)),
    el('td', {}, i.promoted ? el('span', { class: 'badge promoted' }, text('promoted')) : null, i.buried ? el('span', { class: 'badge' }, text('buried')) : null)));
  const omitted = listing.omitted.map((i) => row(
    num(i.organicRank), named(i, open), num(number(i.score)), el('td', {}, el('span', { class: 'badge' }, text(i.reason)))));
  return el('div', {},
    el('div', { class: 'head' },
      el('div', {}, el('h1', {}, titleOf(b)), el('p', { class: 'soft' }, `${sliceText(listing.slice)} · ${text('asOf', time(listing.asOf))}${listing.epoch ? ` · ${text('epoch')} ${listing.epoch}` : ''}`)),
      el('div', { class: 'actions' },
        el('button', { type: 'button', onclick: draw }, text('refresh')),
        el('button', { type: 'button', class: 'primary', onclick: () => openProduct('', listing) }, text('newRule')))),
    listing.held ? held(listing) : null,
    rows.length ? table([text('shown'), text('organic'), text('product'), text('score'), text('note')], rows, titleOf(b)) : el('p', { class: 'notice' }, text('empty')),
    omitted.length ? [el('h2', {}, text('notShown')), table([text('organic'), text('product'), text('score'), text('reason')], omitted, text('notShown'))] : null);
}

export function held(listing) {
  const h = listing.held;
  const c = h.changes;
  return el('div', { class: 'held' },
    el('span', {}, text('heldAt', h.epoch, time(h.asOf), h.author, h.reason), el('br'), text('onRelease', c.entered.length, c.left.length, c.moved.length)),
    el('button', { type: 'button', class: 'primary', onclick: release }, text('release')));
}

async function release() {
  const reason = await ask(text('releaseWhy'));
  if (reason === null) return;
  try {
    await call(`/listings/${state.board}/release${query(state.slice)}`, { method: 'POST', body: { reason } });
    notice(text('released'));
  } catch (e) {
    notice(e.message, true);
  }
  await draw();
}
