// The read engine's public API, as in /openapi.yaml.

/** Query for a slice: the last part of each dimension's name. */
export function query(slice, more = {}) {
  const q = new URLSearchParams();
  for (const [dimension, value] of Object.entries(slice)) q.set(dimension.split('.').pop(), value);
  for (const [k, v] of Object.entries(more)) q.set(k, v);
  const text = q.toString();
  return text ? `?${text}` : '';
}

/** The body as JSON, or null where the answer is a 4xx; throws when the engine is away. */
async function get(path, signal) {
  const answer = await fetch(path, { cache: 'no-cache', headers: { accept: 'application/json' }, signal });
  if (answer.ok) return answer.json();
  if (answer.status < 500 && answer.status !== 429) return null;
  throw new Error(`${answer.status} ${path}`);
}

/** Each {name, title, slices, values}, values by dimension. */
export async function boards() {
  const found = await get('/v1/boards');
  return (found?.boards ?? []).map((b) => ({
    name: b.board,
    title: b.title,
    slices: b.slices,
    values: Object.fromEntries((b.dimensions ?? []).map((d) => [d.name, d.values])),
  }));
}
export const page = (board, slice, size, signal) => get(`/v1/rankings/${encodeURIComponent(board)}${query(slice, { size })}`, signal);
export const product = (id) => get(`/v1/products/${encodeURIComponent(id)}`);

/** Calls `changed` at each new epoch and `state` with live or stale; returns how to stop. */
export function follow(board, slice, changed, state) {
  const source = new EventSource(`/v1/rankings/${encodeURIComponent(board)}/changes${query(slice)}`);
  source.onopen = () => state('live');
  source.onerror = () => state('stale');
  source.onmessage = () => { state('live'); changed(); };
  return () => source.close();
}
