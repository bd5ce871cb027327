// Calls of the admin API with the login's cookie and its CSRF token, in the reader's language.

import { language } from './text.js';

let csrf = '';

export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

export async function call(path, { method = 'GET', body, headers = {} } = {}) {
  const own = method === 'GET' ? {} : { 'X-CSRF-Token': csrf };
  const answer = await fetch('/admin/v1' + path, {
    method,
    headers: { 'Accept-Language': language, ...own, ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (answer.status === 401) {
    location.replace('/login');
    return new Promise(() => {});
  }
  const json = answer.status === 204 ? null : await answer.json();
  if (!answer.ok) throw new Refused(answer.status, (json && json.detail) || answer.statusText);
  return json;
}

export async function session() {
  const told = await call('/session');
  csrf = told.csrf;
  return told.author;
}

export async function logout() {
  await call('/logout', { method: 'POST' });
  location.replace('/login');
}

/** `category=beauty&ageGroup=20s` of a slice with full names; '' for the whole shop. */
export const query = (slice, more = {}) => {
  const all = new URLSearchParams({ ...slice, ...more }).toString();
  return all ? '?' + all : '';
};
