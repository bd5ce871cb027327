// What is chosen (board, slice) and which section is looked at; sections draw themselves.

import { call, logout, query, session } from './api.js';
import { $, el, notice } from './dom.js';
import { apply, language, text } from './text.js';
import { board } from './board.js';
import { audit, compare, history, report, rules } from './tables.js';

const SECTIONS = { board, rules, audit, history, compare, report };
const WITHOUT_CHOICE = ['rules', 'audit'];

export const state = { boards: [], board: null, slice: {} };

export const titleOf = (b) => (b.titles[language] || b.titles.en || b.board) + (b.shadow ? ` (${text('shadow')})` : '');
export const chosen = () => state.boards.find((b) => b.board === state.board);
export const sliceText = (slice) => Object.values(slice || {}).join(', ') || text('whole');

function section() {
  const name = location.hash.slice(1);
  return SECTIONS[name] ? name : 'board';
}

let drawn = 0;

export async function draw() {
  const name = section();
  const turn = ++drawn;
  document.title = `${text(name)} · Podium`;
  document.querySelectorAll('#tabs a').forEach((a) => {
    if (a.hash === '#' + name) a.setAttribute('aria-current', 'page');
    else a.removeAttribute('aria-current');
  });
  $('choice').hidden = WITHOUT_CHOICE.includes(name);
  drawChoice();
  const view = $('view');
  // Another section's content under this one's name would mislead.
  if (view.dataset.section !== name) view.replaceChildren();
  view.dataset.section = name;
  view.setAttribute('aria-busy', 'true');
  try {
    const content = await SECTIONS[name]();
    if (turn === drawn) view.replaceChildren(content);
  } catch (e) {
    if (turn === drawn) {
      view.replaceChildren();
      notice(e.status ? e.message : text('away'), true);
    }
  }
  if (turn === drawn) view.removeAttribute('aria-busy');
}

function drawChoice() {
  const b = chosen();
  if (!b) return;
  const dimensions = [...new Set(b.slices.flat())];
  const pick = (label, options, value, change) => el('label', {}, label,
    el('select', { onchange: (e) => { change(e.target.value); notice(''); draw(); } },
      options.map(([v, t]) => el('option', { value: v, selected: v === value }, t))));
  $('choice').replaceChildren(
    pick(text('chooseBoard'), state.boards.map((o) => [o.board, titleOf(o)]), state.board, (v) => { state.board = v; state.slice = {}; }),
    ...dimensions.map((d) => pick(text(d),
      [['', text('whole')], ...(b.values[d] || []).map((v) => [v, v])], state.slice[d] || '',
      (v) => cut(b, d, v))));
}

/** A combination that the board is not cut by keeps only what was chosen last. */
function cut(b, dimension, value) {
  const next = { ...state.slice, [dimension]: value };
  if (!value) delete next[dimension];
  const exists = (slice) => b.slices.some((s) => s.length === Object.keys(slice).length && s.every((d) => slice[d]));
  state.slice = exists(next) ? next : value && exists({ [dimension]: value }) ? { [dimension]: value } : {};
}

export const here = (more) => query(state.slice, more);

/** Asks for a text that is kept; null when the person thinks better of it. */
export function ask(title) {
  return new Promise((done) => {
    const input = el('textarea', { rows: 3, maxlength: 2000, required: true });
    const dialog = el('dialog', { class: 'small', 'aria-label': title },
      el('form', { method: 'dialog', class: 'fields', onsubmit: () => { dialog.returnValue = 'ok'; } },
        el('label', { class: 'wide' }, title, input),
        el('div', { class: 'actions wide' },
          el('button', { class: 'primary', value: 'ok' }, text('confirm')),
          el('button', { type: 'button', onclick: () => dialog.close('') }, text('cancel')))));
    dialog.addEventListener('close', () => { dialog.remove(); done(dialog.returnValue === 'ok' ? input.value : null); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

async function begin() {
  apply(draw);
  $('logout').addEventListener('click', logout);
  window.addEventListener('hashchange', () => { notice(''); draw(); $('view').focus({ preventScroll: true }); });
  try {
    $('author').textContent = await session();
    state.boards = await call('/boards');
    state.board = state.boards[0].board;
  } catch (e) {
    notice(e.status ? e.message : text('away'), true);
    return;
  }
  await draw();
}

begin();
