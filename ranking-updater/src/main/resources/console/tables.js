// Sections that are tables: rules, audit trail, history, comparison, report.

import { call, query } from './api.js';
import { el, notice, num, row, table } from './dom.js';
import { number, text, time } from './text.js';
import { ask, chosen, draw, here, sliceText, state, titleOf } from './app.js';
import { held, named } from './board.js';
import { openProduct, ruleText, validity } from './product.js';

const titled = (title, ...content) => el('div', {}, el('div', { class: 'head' }, el('h1', {}, title)), ...content);
const orEmpty = (rows, made) => (rows.length ? made : el('p', { class: 'notice' }, text('empty')));

export async function rules() {
  const all = await call('/rules');
  const rows = all.map((r) => row(
    el('td', {}, ruleText(r)), el('td', {}, r.productId), el('td', {}, r.board, el('span', { class: 'id' }, !r.slice ? text('allSlices') : Object.keys(r.slice).length ? sliceText(r.slice) : text('wholeOnly'))),
    el('td', {}, validity(r)), el('td', {}, r.author), el('td', {}, r.reason),
    el('td', {}, el('div', { class: 'actions' },
      el('button', { type: 'button', onclick: () => openProduct(r.productId, null, r) }, text('edit')),
      el('button', { type: 'button', onclick: () => remove(r) }, text('remove'))))));
  const heads = [text('action'), text('product'), text('where'), text('validity'), text('author'), text('reason'), ''];
  return titled(text('rules'), orEmpty(rows, table(heads, rows, text('rules'), true)));
}

async function remove(rule) {
  const reason = await ask(text('removeWhy'));
  if (reason === null) return;
  try {
    await call(`/rules/${encodeURIComponent(rule.id)}${query({ reason })}`, { method: 'DELETE', headers: { 'If-Match': `"${rule.version}"` } });
    notice(text('removed'));
  } catch (e) {
    notice(e.status === 412 ? text('conflict') : e.message, true);
  }
  await draw();
}

const shown = (json) => (json === null ? '–' : el('pre', {}, JSON.stringify(json, null, 1).replace(/^[{}]\n?|\n?[{}]$/gm, '')));
const done = (c) => (c.kind === 'hold' ? (c.after ? 'hold' : 'released_') : !c.before ? 'set' : c.after ? 'changed' : 'deleted');

export async function audit() {
  let changes = [];
  let next = '/audit';
  while (next) {
    const page = await call(next.replace('/admin/v1', ''));
    changes = changes.concat(page.changes).slice(-1000);
    next = page.next;
  }
  const rows = changes.reverse().map((c) => row(
    el('td', { class: 'num' }, time(c.at)), el('td', {}, c.author || '–'),
    el('td', {}, text(done(c)), el('span', { class: 'id' }, c.subject)), el('td', {}, c.reason || '–'), el('td', {}, shown(c.before)), el('td', {}, shown(c.after))));
  const heads = [text('when'), text('author'), text('what'), text('reason'), text('before'), text('after')];
  return titled(text('audit'), orEmpty(rows, table(heads, rows, text('audit'), true)));
}

let since = '';

export async function history() {
  const from = since ? new Date(since) : new Date(Date.now() - 900000);
  const now = await call(`/listings/${state.board}${here()}`);
  const past = await call(`/listings/${state.board}/epochs${here({ from: from.toISOString(), limit: 200 })}`);
  const epochs = past.epochs.reverse();
  const detail = el('div', { 'aria-live': 'polite' });
  const rows = epochs.map((e) => row(
    num(e.epoch), el('td', { class: 'num' }, time(e.asOf)), num(e.total),
    el('td', {}, el('div', { class: 'actions' },
      el('button', { type: 'button', onclick: () => show(detail, e, now) }, text('show')),
      el('button', { type: 'button', onclick: () => rollback(e) }, text('rollback'))))));
  const field = el('input', { type: 'datetime-local', value: since, onchange: (e) => { since = e.target.value; draw(); } });
  return titled(`${text('history')} · ${titleOf(chosen())}`,
    now.held ? held(now) : null,
    el('div', { class: 'choice' }, el('label', {}, text('since'), field)),
    detail,
    orEmpty(rows, table([text('epoch'), text('asOf', ''), text('entries'), ''], rows, text('history'), true)));
}

async function show(place, epoch, now) {
  try {
    const old = await call(`/listings/${state.board}${here({ epoch: epoch.epoch })}`);
    const ranks = new Map(now.items.map((i) => [i.productId, i.rank]));
    place.replaceChildren(el('h2', {}, `${text('epoch')} ${old.epoch} · ${time(old.asOf)}`),
      table([text('shown'), text('organic'), text('product'), text('score'), text('difference')],
        old.items.map((i) => row(num(i.rank), num(i.organicRank || '–'), named(i, (id) => openProduct(id, old, undefined, old)), num(number(i.score)), num(text('fromTo', i.rank, ranks.get(i.productId) || '–')))), text('history')));
    place.scrollIntoView({ block: 'nearest' });
  } catch (e) {
    notice(e.message, true);
  }
}

async function rollback(epoch) {
  const reason = await ask(text('rollbackWhy'));
  if (reason === null) return;
  try {
    await call(`/listings/${state.board}/rollback${here()}`, { method: 'POST', body: { epoch: epoch.epoch, reason } });
    notice(text('rolledBack'));
    scrollTo(0, 0);
  } catch (e) {
    notice(e.message, true);
  }
  await draw();
}

let other = '';

export async function compare() {
  const others = state.boards.filter((b) => b.board !== state.board);
  if (!others.length) return titled(text('compare'), el('p', { class: 'notice' }, text('empty')));
  const against = others.some((b) => b.board === other) ? other : others[0].board;
  const c = await call('/compare' + here({ board: state.board, with: against }));
  const pick = el('select', { onchange: (e) => { other = e.target.value; draw(); } }, others.map((b) => el('option', { value: b.board, selected: b.board === against }, titleOf(b))));
  const rows = [
    ...c.moved.map((m) => row(named(m), num(text('fromTo', m.from, m.to)), text('moved'))),
    ...c.entered.map((m) => row(named(m), num(m.rank), text('entered'))),
    ...c.left.map((m) => row(named(m), num(m.rank), text('left')))];
  return titled(text('compare'),
    el('div', { class: 'choice' }, el('label', {}, text('with'), pick)),
    el('p', { class: 'notice' }, `${text('overlap')}: ${number(c.overlap * 100)} % · ${text('moved')}: ${c.moved.length}`),
    orEmpty(rows, table([text('product'), text('rank'), ''], rows, text('compare'))));
}

let by = 'brand';

export async function report() {
  const path = '/reports/self-preference' + here({ board: state.board, by });
  const r = await call(path);
  const pick = el('select', { onchange: (e) => { by = e.target.value; draw(); } }, ['brand', 'seller'].map((b) => el('option', { value: b, selected: b === by }, text(b))));
  const rows = r.rows.map((p) => row(el('td', {}, p[by] || '–'), num(number(p.gain)), num(number(p.organicMean)), num(number(p.displayedMean)),
    num(p.organicTop10), num(p.displayedTop10), num(p.promoted), num(p.hidden)));
  const heads = [text(by), text('gain'), text('organicMean'), text('displayedMean'), text('organicTop10'), text('displayedTop10'), text('promotedTimes'), text('hiddenTimes')];
  return titled(`${text('report')} · ${titleOf(chosen())}`,
    el('div', { class: 'choice' }, el('label', {}, text('by'), pick)),
    el('p', { class: 'soft' }, text('epochsSeen', r.epochs), ' · ', el('a', { href: '/admin/v1' + path + '&format=csv', download: 'self-preference.csv' }, text('csv'))),
    orEmpty(rows, table(heads, rows, text('report'))));
}
