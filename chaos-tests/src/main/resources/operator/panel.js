// The operator's page: what is broken, and how the shop fares.

const WORDS = {
  en: {
    title: 'Operator', lead: 'Break something, and watch the shop go on.', reads: 'Reads/s', failed: 'Failed', ends: 'Press again to end a fault; it ends by itself after two minutes. A killed process is started again at once.',
    cache: 'Cache Redis', events: 'Events Redis', mongo: 'Mongo', stores: 'All stores', 'updater-a': 'Updater A', 'updater-b': 'Updater B', engine: 'Read engine',
    down: 'down', frozen: 'frozen', slow: 'slow', throttled: 'narrow', 'one-way': 'unheard', killed: 'kill',
    fine: 'Everything runs.', broken: (what) => `Broken: ${what}.`, from: (what) => `Answers came from: ${what}.`, open: (what) => `Open breakers: ${what}.`, silent: 'No news of changes: pages are served as held, marked stale.', away: 'The read engine does not answer.',
  },
  ko: {
    title: '운영자', lead: '무엇이든 고장 내고 상점이 계속되는지 보세요.', reads: '초당 조회', failed: '실패', ends: '다시 누르면 복구됩니다. 2분이 지나면 저절로 복구됩니다. 종료된 프로세스는 바로 다시 시작됩니다.',
    cache: '캐시 Redis', events: '이벤트 Redis', mongo: 'Mongo', stores: '모든 저장소', 'updater-a': '업데이터 A', 'updater-b': '업데이터 B', engine: '읽기 엔진',
    down: '중단', frozen: '멈춤', slow: '지연', throttled: '좁음', 'one-way': '단방향', killed: '종료',
    fine: '모두 정상입니다.', broken: (what) => `고장: ${what}.`, from: (what) => `응답의 출처: ${what}.`, open: (what) => `열린 차단기: ${what}.`, silent: '변경 알림이 오지 않습니다. 보관된 페이지를 오래됨 표시와 함께 제공합니다.', away: '읽기 엔진이 응답하지 않습니다.',
  },
};
const $ = (id) => document.getElementById(id);
let language = (navigator.language || 'en').startsWith('ko') ? 'ko' : 'en';
const t = (key) => WORDS[language][key] ?? key;
let names = [];

/** cache-one-way: what, and how. */
const parts = (name) => name.match(/^(.*?)-(down|frozen|slow|throttled|one-way|killed)$/).slice(1);
const title = (name) => parts(name).map(t).join(' ');

function frame() {
  document.documentElement.lang = language;
  for (const e of document.querySelectorAll('[data-text]')) e.textContent = t(e.dataset.text);
  for (const b of document.querySelectorAll('[data-language]')) b.setAttribute('aria-pressed', b.dataset.language === language);
  const rows = Map.groupBy ? Map.groupBy(names, (n) => parts(n)[0]) : names.reduce((m, n) => m.set(parts(n)[0], [...(m.get(parts(n)[0]) ?? []), n]), new Map());
  document.querySelector('tbody').replaceChildren(...[...rows].map(([what, all]) => {
    const row = document.createElement('tr');
    const head = document.createElement('th');
    head.scope = 'row';
    head.textContent = t(what);
    row.append(head, ...all.map((name) => {
      const cell = document.createElement('td');
      const button = document.createElement('button');
      button.type = 'button';
      button.dataset.fault = name;
      button.textContent = t(parts(name)[1]);
      button.setAttribute('aria-label', title(name));
      cell.append(button);
      return cell;
    }));
    return row;
  }));
}

function show({ faults, on, live }) {
  if (String(faults) !== String(names)) { names = faults; frame(); }
  for (const b of document.querySelectorAll('[data-fault]')) b.setAttribute('aria-pressed', on.includes(b.dataset.fault));
  const ms = (v) => (v == null ? '–' : `${v < 10 ? v.toFixed(1) : Math.round(v)} ms`);
  $('reads').textContent = live.reads ?? '–';
  $('failed').textContent = live.failed ?? '–';
  $('p50').textContent = ms(live.p50);
  $('p99').textContent = ms(live.p99);
  const tiers = Object.entries(live.tiers ?? {}).filter(([, n]) => n > 0);
  const sum = tiers.reduce((s, [, n]) => s + n, 0);
  const open = Object.entries(live.breakers ?? {}).filter(([, n]) => n > 0).map(([store]) => store);
  const says = [on.length ? t('broken')(on.map(title).join(', ')) : t('fine')];
  if (!live.up) says.push(t('away'));
  if (sum) says.push(t('from')(tiers.map(([tier, n]) => `${tier} ${Math.round((100 * n) / sum)}%`).join(', ')));
  if (open.length) says.push(t('open')(open.join(', ')));
  if (live.inTouch === false) says.push(t('silent'));
  $('says').textContent = says.join(' ');
}

async function refresh() {
  const answer = await fetch('state').catch(() => null);
  if (answer?.ok) show(await answer.json());
}

document.addEventListener('click', async (event) => {
  const { fault, language: chosen } = event.target.dataset ?? {};
  if (chosen) { language = chosen; frame(); }
  if (fault) await fetch(`faults/${fault}`, { method: 'POST', headers: { 'X-Podium-Operator': '1' } });
  if (chosen || fault) refresh();
});
frame();
refresh();
setInterval(refresh, 1000);
