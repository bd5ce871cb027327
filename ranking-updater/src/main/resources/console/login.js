import { apply, text } from '/console/text.js';

apply();
const form = document.getElementById('login');
const wrong = document.getElementById('wrong');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  wrong.textContent = '';
  try {
    const answer = await fetch('/admin/v1/login', { method: 'POST', body: JSON.stringify({ token: form.token.value }) });
    if (answer.ok) {
      location.replace('/console/');
      return;
    }
    wrong.textContent = text(answer.status === 429 ? 'tooMany' : 'wrongToken');
  } catch {
    wrong.textContent = text('away');
  }
  form.token.select();
});
