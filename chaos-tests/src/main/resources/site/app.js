// The storefront: what is chosen lives in the address, what is shown comes from the read engine.

import * as api from './api.js';
import { t, lang, setLanguage, local, number, clock } from './text.js';
import { draw, clear, setShop, categoryName, nameOf, artOf, prices, esc } from './view.js';

const $ = (id) => document.getElementById(id);
const FIRST = 20;
const REFRESH_MS = 5000; // cards change without a new epoch
const QUIET_MS = 300; // at most one page per so many milliseconds

let boards = [];
let choice = { board: '', slice: {} };
let size = FIRST;
let last = null; // the page that is shown
let stop = () => {};
let timer = 0;
let running = null;
let fetchedAt = 0;
const gone = new Map(); // product id -> { rank, product, until }

// ---- what is chosen

function readAddress() {
  const q = new URLSearchParams(location.search);
  const board = boards.find((b) => b.name === q.get('board')) ?? boards[0];
  const slice = {};
  if (board) {
    for (const dimension of new Set(board.slices.flat())) {
      const value = q.get(dimension.split('.').pop());
      if (value) slice[dimension] = value;
    }
    if (!cutExists(board, slice)) for (const d of Object.keys(slice)) delete slice[d];
  }
  choice = { board: board?.name ?? '', slice };
}

const cutExists = (board, slice) => board.slices.some((s) => s.length === Object.keys(slice).length && s.every((d) => d in slice));
const board = () => boards.find((b) => b.name === choice.board);

function address(next) {
  const q = new URLSearchParams(api.query(next.slice ?? {}).slice(1));
  if (next.board && next.board !== boards[0]?.name) q.set('board', next.board);
  if (new URLSearchParams(location.search).has('lang')) q.set('lang', lang());
  const text = q.toString();
  return text ? `?${text}` : location.pathname;
}

function go(next) {
  history.pushState(null, '', address(next));
  choose();
}

function choose() {
  readAddress();
  size = FIRST;
  last = null;
  gone.clear();
  clear($('ranking'));
  frame();
  listen();
  refresh();
}

// ---- what stands around the list

/** A link that changes the choice; real addresses, so that they can be opened anywhere. */
function link(text, next, current) {
  const go = { board: next.board, slice: next.slice ?? {} };
  return `<a href="${esc(address(go))}" data-go="${esc(JSON.stringify(go))}"${current ? ' aria-current="true"' : ''}>${esc(text)}</a>`;
}

function with_(dimension, value) {
  const slice = { ...choice.slice };
  if (value == null) delete slice[dimension];
  else slice[dimension] = value;
  if (!cutExists(board(), slice)) for (const d of Object.keys(slice)) if (d !== dimension) delete slice[d];
  return { board: choice.board, slice };
}

function frame() {
  document.documentElement.lang = lang();
  for (const e of document.querySelectorAll('[data-text]')) e.textContent = t(e.dataset.text);
  for (const b of document.querySelectorAll('[data-language]')) b.setAttribute('aria-pressed', b.dataset.language === lang());
  const b = board();
  const title = b ? titleOf(b) : 'Podium';
  document.title = `${title} · Podium`;
  const path = choice.slice.category;
  $('title').textContent = path ? `${categoryName(path)} ${lang() === 'ko' ? '' : '· '}${title}` : title;
  $('lead').textContent = t('lead')[choice.board] ?? t('leadOther');
  $('boards').innerHTML = boards.map((x) => link(titleOf(x), { board: x.name, slice: x.slices.some((s) => s.length === 1 && s[0] === 'category') && path ? { category: path } : {} }, x.name === choice.board)).join('');
  if (b) { categories(b); cuts(b); }
  $('json').href = `/v1/rankings/${encodeURIComponent(choice.board)}${api.query(choice.slice)}`;
}

const titleOf = (b) => local(b.title, b.name);

function categories(b) {
  const known = (b.values?.category ?? []).filter((c) => b.slices.some((s) => s.includes('category')) && c);
  const path = choice.slice.category ?? '';
  const parts = path ? path.split('/') : [];
  const below = (prefix, depth) => known.filter((c) => c.startsWith(prefix) && c.split('/').length === depth).sort(byShopOrder);
  fill('departments', known.length ? [link(t('all'), with_('category', null), !path), ...below('', 1).map((c) => link(categoryName(c), with_('category', c), parts[0] === c))] : []);
  const groups = parts.length ? below(`${parts[0]}/`, 2) : [];
  fill('groups', groups.length ? [link(t('allOf')(categoryName(parts[0])), with_('category', parts[0]), parts.length === 1), ...groups.map((c) => link(categoryName(c), with_('category', c), path === c || path.startsWith(`${c}/`)))] : []);
  const leaves = parts.length > 1 ? below(`${parts[0]}/${parts[1]}/`, 3) : [];
  fill('leaves', leaves.map((c) => link(categoryName(c), with_('category', path === c ? `${parts[0]}/${parts[1]}` : c), path === c)));
}

let order = new Map();
const byShopOrder = (a, b) => (order.get(a) ?? 1e9) - (order.get(b) ?? 1e9) || (a < b ? -1 : 1);

function fill(id, links) {
  const nav = $(id);
  nav.hidden = links.length === 0;
  const html = links.join('');
  if (nav.dataset.html === html) return;
  nav.dataset.html = html;
  nav.innerHTML = html;
  nav.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
}

/** The other dimensions: a row of choices each, as age groups, or a list where there are many. */
function cuts(b) {
  const dimensions = [...new Set(b.slices.flat())].filter((d) => d !== 'category' && (b.values?.[d] ?? []).length);
  const html = dimensions.map((d) => {
    const values = b.values[d];
    const name = t(d) === d ? d.split('.').pop() : t(d);
    const all = d === 'buyer.ageGroup' ? t('everyone') : t('all');
    const chosen = choice.slice[d];
    if (values.length <= 8) return `<nav class="segments" aria-label="${esc(name)}"><span class="legend" aria-hidden="true">${esc(name)}</span><span class="options">${[link(all, with_(d, null), !chosen), ...values.map((v) => link(t('age')(v), with_(d, v), chosen === v))].join('')}</span></nav>`;
    return `<label class="select"><span class="legend">${esc(name)}</span><select data-dimension="${esc(d)}"><option value="">${esc(all)}</option>${values.map((v) => `<option${chosen === v ? ' selected' : ''}>${esc(v)}</option>`).join('')}</select></label>`;
  }).join('');
  if ($('cuts').dataset.html === html) return;
  $('cuts').dataset.html = html;
  $('cuts').innerHTML = html;
}

// ---- what is live

function listen() {
  stop();
  stop = () => {};
  if (!choice.board) return;
  state('connecting');
  stop = api.follow(choice.board, choice.slice, refresh, state);
}

function state(now) {
  $('live').dataset.state = now;
  $('live-text').textContent = `${t(now)}${last ? ` · ${t('asOf')(clock(last.asOf))}` : ''}`;
}

/** Fetches the page soon; many calls become one. */
function refresh() {
  clearTimeout(timer);
  if (document.hidden) return;
  timer = setTimeout(load, Math.max(0, fetchedAt + QUIET_MS - Date.now()));
}

async function load() {
  running?.abort();
  running = new AbortController();
  fetchedAt = Date.now();
  const asked = choice;
  try {
    if (boards.length === 0) await start();
    if (!choice.board) return;
    const page = await api.page(choice.board, choice.slice, size, running.signal);
    if (asked.board && asked !== choice) return;
    if (page) show(page);
    else notice(t('missing'));
  } catch (failure) {
    if (failure.name === 'AbortError') return;
    state('stale');
    notice(t(last ? 'away' : 'starting'));
  }
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(load, last ? REFRESH_MS : 1000);
}

function show(page) {
  for (const item of page.items) item.product ??= {};
  notice(page.shows ? t('thin')(page.shows.category ? categoryName(page.shows.category) : t('all')) : page.items.length ? '' : t('empty'));
  watchSoldOut(page);
  const first = page.items[0];
  if (last && first && last.items[0] && first.productId !== last.items[0].productId) announce(t('leads')(nameOf(first.product, first.productId)));
  last = page;
  draw($('ranking'), page.items, choice.board === 'best-sellers');
  const next = [50, 100].find((n) => n > size);
  $('more').hidden = !(page.items.length >= size * 0.9 && page.total > size && next);
  $('more').textContent = next ? t('more')(number(Math.min(next, page.total))) : '';
  state($('live').dataset.state);
}

function notice(text) {
  $('notice').hidden = !text;
  if ($('notice').textContent !== text) $('notice').textContent = text;
}

let announcedAt = 0;
function announce(text) {
  if (Date.now() - announcedAt < 15000) return;
  announcedAt = Date.now();
  $('announce').textContent = text;
}

// ---- sold out: products that left the list because their stock went to nothing

async function watchSoldOut(page) {
  const shown = new Set(page.items.map((i) => i.productId));
  for (const id of gone.keys()) if (shown.has(id)) gone.delete(id);
  const missing = (last?.items ?? []).filter((i) => !shown.has(i.productId) && i.rank <= size - 4).slice(0, 3);
  const asked = choice;
  for (const item of missing) {
    const found = await api.product(item.productId).catch(() => null);
    const card = found?.product;
    if (asked === choice && card?.stock === 0) gone.set(item.productId, { rank: item.rank, product: { ...item.product, ...card }, until: Date.now() + 60000 });
  }
  drawGone();
}

function drawGone() {
  for (const [id, g] of gone) if (g.until < Date.now()) gone.delete(id);
  const newest = [...gone].slice(-6).reverse();
  $('gone').hidden = newest.length === 0;
  $('gone-list').innerHTML = newest.map(([id, g]) => `<li><span class="tile">${artOf(g.product, id)}</span><span class="what"><button type="button" class="name" data-product="${esc(id)}">${esc(nameOf(g.product, id))}</button><span class="badge low">${esc(t('soldOut'))}</span> <span class="score">${esc(t('goneFrom')(number(g.rank)))}</span></span></li>`).join('');
}

// ---- one product

async function open(id) {
  const dialog = $('product');
  const found = await api.product(id).catch(() => null);
  if (!found) return;
  const product = found.product ?? {};
  const ranks = (found.ranks ?? []).sort((a, b) => a.rank - b.rank).slice(0, 8);
  const review = product.review;
  dialog.innerHTML = `<form method="dialog"><button class="close" aria-label="${esc(t('close'))}">×</button></form>
    <span class="tile">${artOf(product, id)}</span>
    <div class="what"><p class="brand">${esc(local(product.brandName ?? product.brand))}</p><h2 id="product-name">${esc(nameOf(product, id))}</h2>
    ${product.stock === 0 ? `<p><span class="badge low">${esc(t('soldOut'))}</span></p>` : ''}<p>${prices(product)}</p>
    ${review ? `<p class="review"><span aria-hidden="true">★</span> ${esc(t('reviews')(Number(review.rating).toFixed(1), number(review.count)))}</p>` : ''}
    ${ranks.length ? `<h3>${esc(t('where'))}</h3><ul class="ranks">${ranks.map((r) => `<li>${link(sliceName(r), { board: r.board, slice: r.slice ?? {} }, false)}<b>${esc(t('rank')(r.rank))}</b></li>`).join('')}</ul>` : ''}</div>`;
  dialog.showModal();
}

function sliceName(r) {
  const b = boards.find((x) => x.name === r.board);
  const parts = Object.entries(r.slice ?? {}).map(([d, v]) => (d === 'category' ? categoryName(v) : t('age')(v)));
  return [b ? titleOf(b) : r.board, ...parts].join(' · ');
}

// ---- start

function learn(taxonomy) {
  const labels = new Map();
  const shapes = new Map();
  const hues = new Map();
  for (const d of taxonomy.departments) {
    hues.set(d.key, d.hue);
    labels.set(d.key, d);
    for (const g of d.groups) {
      labels.set(`${d.key}/${g.key}`, g);
      for (const l of g.leaves) {
        labels.set(`${d.key}/${g.key}/${l.key}`, l);
        shapes.set(`${d.key}/${g.key}/${l.key}`, l.shape);
      }
    }
  }
  order = new Map([...labels.keys()].map((path, i) => [path, i]));
  setShop({ labels, shapes, hues });
}

async function start() {
  boards = await api.boards();
  if (boards.length === 0) throw new Error('no boards yet');
  readAddress();
  frame();
  listen();
}

/** Boards learn values as products come: the tabs follow. */
async function follow() {
  const now = await api.boards().catch(() => null);
  if (now?.length && JSON.stringify(now.map((b) => b.values)) !== JSON.stringify(boards.map((b) => b.values))) {
    boards = now;
    frame();
  }
}

document.addEventListener('click', (event) => {
  const target = event.target.closest('[data-go], [data-language], [data-product]');
  if (!target || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (target.dataset.go) {
    event.preventDefault();
    if ($('product').open) $('product').close();
    go(JSON.parse(target.dataset.go));
  } else if (target.dataset.language) {
    setLanguage(target.dataset.language);
    const q = new URLSearchParams(location.search);
    if (q.has('lang')) { q.set('lang', lang()); history.replaceState(null, '', `?${q}`); }
    clear($('ranking'));
    frame();
    if (last) show(last);
    drawGone();
  } else open(target.dataset.product);
});
document.addEventListener('change', (event) => {
  const d = event.target.dataset?.dimension;
  if (d) go(with_(d, event.target.value || null));
});
$('product').addEventListener('click', (event) => { if (event.target === $('product')) $('product').close(); });
$('more').addEventListener('click', () => { size = [50, 100].find((n) => n > size) ?? size; fetchedAt = 0; refresh(); });
document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
addEventListener('popstate', choose);
setInterval(follow, 15000);

/** In the demo there is a page that breaks things; the shop beside its buttons needs no way to it. */
async function operator() {
  const found = window.top === window ? await fetch('operator.json').then((r) => (r.ok ? r.json() : null)).catch(() => null) : null;
  if (found) { $('operator').href = found.url; $('operator').hidden = false; }
}

frame();
setTimeout(operator, 1500);
fetch('taxonomy.json').then((r) => r.json()).then(learn).catch(() => {}).finally(load);
