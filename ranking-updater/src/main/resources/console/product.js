// One product: its evidence, its course, and a rule for it with a preview before it is saved.

import { call } from './api.js';
import { $, el, notice, num, row, table } from './dom.js';
import { number, text, time } from './text.js';
import { draw, here, sliceText, state } from './app.js';
import { chart } from './chart.js';

export const ruleText = (r) => [text(r.action), r.place ? `${text('place')} ${r.place}` : '', r.factor ? `× ${r.factor}` : ''].filter(Boolean).join(' ');
export const validity = (r) => (r.from || r.until ? `${r.from ? time(r.from) : ''} – ${r.until ? time(r.until) : ''}` : text('always'));

/**
 * @param product '': a rule for any product
 * @param rule one that is to be changed
 * @param then a past listing: what was true then, and no rule to be made
 */
export function openProduct(product, listing, rule, then) {
  const dialog = $('product');
  const item = listing ? [...listing.items, ...listing.omitted].find((i) => i.productId === product) : null;
  const facts = el('div', {});
  dialog.replaceChildren(
    el('div', { class: 'title' },
      el('h2', { id: 'product-title' }, item && item.name ? item.name : product || text('newRule'), product ? el('span', { class: 'id' }, product) : null),
      el('button', { type: 'button', onclick: () => dialog.close() }, text('close'))),
    el('div', { class: 'columns' }, facts, then ? null : ruleForm(product, rule)));
  if (!dialog.open) dialog.showModal();
  if (product && listing) showFacts(facts, product, then);
}

/** Not every epoch has evidence of its own: then the nearest before tells, under its own number. */
async function evidence(id, then) {
  const path = `/evidence/${state.board}/${id}`;
  if (!then) return call(path + here());
  try {
    return await call(path + here({ epoch: then.epoch }));
  } catch (e) {
    if (e.status !== 404) throw e;
    return call(path + here({ at: then.asOf }));
  }
}

async function showFacts(place, product, then) {
  const id = encodeURIComponent(product);
  try {
    const e = await evidence(id, then);
    const fact = (key, value) => [el('dt', {}, text(key)), el('dd', {}, ...[value].flat())];
    place.append(
      el('h3', {}, `${text('evidence')} · ${sliceText(e.slice)} · ${text('asOf', time(e.asOf))}${e.epoch ? ` · ${text('epoch')} ${e.epoch}` : ''}`),
      el('dl', {},
        fact('displayedRank', e.displayedRank || '–'), fact('organicRank', e.organicRank || '–'),
        e.reason ? fact('reason', [text(e.reason), e.oneOf ? el('span', { class: 'id' }, e.oneOf.map((r) => text(r)).join(' / ')) : null]) : null,
        ...(e.score === undefined ? [] : [
          fact('score', number(e.score)), fact('netUnits', number(e.netUnits)), fact('orders', number(e.orders)),
          fact('cancelledUnits', number(e.cancelledUnits)), fact('cappedUnits', number(e.cappedUnits)),
          fact('buyers', number(e.buyers)), fact('eligible', text(e.eligible ? 'yes' : 'no'))])),
      el('h3', {}, text('rulesHere')),
      ...(e.rules.length ? e.rules.map((r) => el('div', { class: 'rule' }, el('strong', {}, ruleText(r)), ` · ${r.author}`, el('br'), r.reason)) : [el('p', { class: 'soft' }, text('noRules'))]));
    const course = await call(`/listings/${state.board}/products/${id}${here()}`);
    place.append(el('h3', {}, text('course')), chart(course));
  } catch (e) {
    place.append(el('p', { class: 'notice', 'data-bad': 'true' }, e.message));
  }
}

const local = (t) => (t ? new Date(Date.parse(t) - new Date(t).getTimezoneOffset() * 60000).toISOString().slice(0, 16) : '');

function ruleForm(product, rule) {
  const old = rule || { action: 'pin', place: 1, productId: product };
  const wrong = el('p', { class: 'wrong', role: 'alert' });
  const preview = el('div', { 'aria-live': 'polite' });
  const input = (name, type, more = {}) => el('input', { name, type, value: old[name] ?? '', ...more });
  const field = (key, control, wide) => el('label', { class: wide ? 'wide' : '', 'data-field': key }, text(key), control);
  const here_ = rule ? (rule.slice ? JSON.stringify(rule.slice) : '') : JSON.stringify(state.slice);
  const form = el('form', { class: 'fields', 'aria-label': text(rule ? 'changeRule' : 'newRule') },
    el('h3', { class: 'wide' }, text(rule ? 'changeRule' : 'newRule')),
    field('productId', input('productId', 'text', { required: true, maxlength: 200, readonly: Boolean(rule) }), true),
    field('action', el('select', { name: 'action' }, ['pin', 'boost', 'bury', 'hide'].map((a) => el('option', { value: a, selected: a === old.action }, text(a))))),
    field('place', input('place', 'number', { min: 1, max: 1000 })),
    field('factor', input('factor', 'number', { step: 'any', min: 0 })),
    field('scope', el('select', { name: 'scope' },
      el('option', { value: 'here', selected: here_ !== '' }, rule && rule.slice ? sliceText(rule.slice) : Object.keys(state.slice).length ? `${text('thisSlice')} (${sliceText(state.slice)})` : text('wholeOnly')),
      el('option', { value: 'all', selected: here_ === '' }, text('allSlices'))), true),
    field('from', el('input', { name: 'from', type: 'datetime-local', value: local(old.from) })),
    field('until', el('input', { name: 'until', type: 'datetime-local', value: local(old.until) })),
    field('reasonFor', el('textarea', { name: 'reason', rows: 2, maxlength: 2000, required: true }, old.reason || ''), true),
    wrong,
    el('p', { class: 'soft wide' }, text('previewFirst')),
    el('div', { class: 'actions wide' },
      el('button', { type: 'button', onclick: () => show('preview') }, text('preview')),
      el('button', { class: 'primary', disabled: true, name: 'save' }, text('save'))));
  const suit = () => {
    const action = form.action_.value;
    form.querySelector('[data-field=place]').hidden = action !== 'pin';
    form.querySelector('[data-field=factor]').hidden = action !== 'boost' && action !== 'bury';
  };
  form.action_ = form.elements.namedItem('action');
  // What was looked at is what is saved: any change asks for a preview again.
  form.addEventListener('input', () => { form.elements.namedItem('save').disabled = true; suit(); });
  form.addEventListener('submit', (event) => { event.preventDefault(); save(); });
  suit();

  function wanted() {
    const value = (name) => form.elements.namedItem(name).value;
    const action = value('action');
    const made = { board: rule ? rule.board : state.board, productId: value('productId'), action, reason: value('reason') };
    if (rule) made.id = rule.id;
    if (action === 'pin') made.place = Number(value('place'));
    if (action === 'boost' || action === 'bury') made.factor = Number(value('factor'));
    if (value('scope') === 'here') made.slice = rule ? rule.slice || {} : state.slice;
    if (value('from')) made.from = new Date(value('from')).toISOString();
    if (value('until')) made.until = new Date(value('until')).toISOString();
    return made;
  }

  async function show() {
    wrong.textContent = '';
    if (!form.reportValidity()) return;
    try {
      const made = wanted();
      const at = made.board === state.board && made.slice === undefined ? here() : '';
      const then = await call('/preview' + at, { method: 'POST', body: made });
      preview.replaceChildren(previewOf(then));
      form.elements.namedItem('save').disabled = false;
      preview.scrollIntoView({ block: 'nearest' });
    } catch (e) {
      wrong.textContent = e.message;
    }
  }

  async function save() {
    wrong.textContent = '';
    const headers = rule ? { 'If-Match': `"${rule.version}"` } : {};
    try {
      await call('/rules', { method: 'POST', body: wanted(), headers });
      $('product').close();
      notice(text('saved'));
      setTimeout(draw, 400);
      await draw();
    } catch (e) {
      if (e.status === 412 && rule) await reload(rule);
      else wrong.textContent = e.message;
    }
  }
  return el('div', {}, form, preview);
}

async function reload(rule) {
  try {
    openProduct(rule.productId, null, await call('/rules/' + encodeURIComponent(rule.id)));
    document.querySelector('#product .wrong').textContent = text('conflict');
  } catch (e) {
    document.querySelector('#product .wrong').textContent = e.message;
  }
}

function previewOf(then) {
  const moved = new Map(then.changes.moved.map((m) => [m.productId, m.from]));
  const entered = new Set(then.changes.entered.map((m) => m.productId));
  const note = (i) => (moved.has(i.productId) ? text('was', moved.get(i.productId)) : entered.has(i.productId) ? text('enters') : '');
  const changes = moved.size + entered.size + then.changes.left.length;
  return el('div', {},
    el('h3', {}, text('previewOf')),
    changes ? null : el('p', { class: 'soft' }, text('noChange')),
    then.changes.left.length ? el('p', { class: 'soft' }, text('leaves', then.changes.left.length)) : null,
    el('div', { class: 'preview' }, table([text('shown'), text('product'), ''],
      then.items.slice(0, 20).map((i) => row(num(i.rank), i.name || i.productId, el('td', {}, note(i) ? el('span', { class: 'badge' }, note(i)) : null))), text('previewOf'))));
}
