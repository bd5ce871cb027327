// One product's ranks over time: organic thin, shown thick, first place on top.

import { text, time } from './text.js';
import { el } from './dom.js';

const NS = 'http://www.w3.org/2000/svg';
const W = 560;
const H = 190;
const PAD = { top: 12, right: 12, bottom: 26, left: 34 };

function svg(name, attributes, ...children) {
  const element = document.createElementNS(NS, name);
  Object.entries(attributes).forEach(([k, v]) => element.setAttribute(k, v));
  element.append(...children);
  return element;
}

/** Points without the member break the line. */
function path(points, member, x, y) {
  let d = '';
  let pen = 'M';
  for (const p of points) {
    if (!p[member]) { pen = 'M'; continue; }
    // It stood there until the next epoch.
    d += pen === 'M' ? `M${x(p.at)},${y(p[member])}` : `H${x(p.at)}V${y(p[member])}`;
    pen = 'L';
  }
  return d;
}

export function chart(course) {
  const points = course.points.map((p) => ({ ...p, at: Date.parse(p.shownFrom) }));
  const ranks = points.flatMap((p) => [p.rank, p.organicRank]).filter(Boolean);
  if (ranks.length === 0) return el('p', { class: 'soft' }, text('noCourse'));
  const first = points[0].at;
  const last = Math.max(points[points.length - 1].at, first + 1000);
  const lowest = Math.max(...ranks, 2);
  const x = (t) => (PAD.left + ((W - PAD.left - PAD.right) * (t - first)) / (last - first)).toFixed(1);
  const y = (r) => (PAD.top + ((H - PAD.top - PAD.bottom) * (r - 1)) / (lowest - 1)).toFixed(1);
  const grid = [1, Math.round((1 + lowest) / 2), lowest].filter((r, i, all) => all.indexOf(r) === i);
  const now = points[points.length - 1];
  const label = `${text('course')}: ${text('displayedRank')} ${now.rank || '–'}, ${text('organicRank')} ${now.organicRank || '–'}`;
  const dots = points.filter((p) => p.rank).slice(-1).map((p) => svg('circle', { cx: x(p.at), cy: y(p.rank), r: 3.5, class: 'dot' }));
  return el('figure', { class: 'chart' },
    svg('svg', { viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': label },
      ...grid.flatMap((r) => [
        svg('line', { x1: PAD.left, x2: W - PAD.right, y1: y(r), y2: y(r), class: 'grid' }),
        svg('text', { x: PAD.left - 8, y: Number(y(r)) + 4, 'text-anchor': 'end' }, r)]),
      svg('text', { x: PAD.left, y: H - 6 }, time(first)),
      svg('text', { x: W - PAD.right, y: H - 6, 'text-anchor': 'end' }, time(last)),
      svg('path', { d: path(points, 'organicRank', x, y), class: 'organic' }),
      svg('path', { d: path(points, 'rank', x, y), class: 'shown' }),
      ...dots),
    el('figcaption', {}, el('span', { class: 'key shown' }, text('shown')), el('span', { class: 'key organic' }, text('organic'))));
}
