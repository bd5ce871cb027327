// Words and numbers in the visitor's language.

const WORDS = {
  en: {
    skip: 'Skip to the ranking',
    all: 'Everything',
    allOf: (name) => `All ${name}`,
    everyone: 'Everyone',
    'buyer.ageGroup': 'Bought by',
    'buyer.country': 'Country',
    'buyer.gender': 'Gender',
    brand: 'Brand',
    age: (v) => (/^\d+s$/.test(v) ? `in their ${v}` : v),
    lead: { 'best-sellers': 'What the whole shop bought in the last 24 hours, counted sale by sale.', trending: 'What people look at, put in the cart and buy right now.', today: 'Orders since midnight in Seoul.' },
    leadOther: 'Counted sale by sale, as they come in.',
    live: 'Live',
    connecting: 'Connecting',
    stale: 'Reconnecting',
    asOf: (t) => `as of ${t}`,
    up: (n) => `up ${n}`,
    down: (n) => `down ${n}`,
    same: 'no change',
    new: 'new',
    NEW: 'NEW',
    rank: (n) => `Rank ${n}`,
    sold: (n) => `${n} sold`,
    promoted: 'Promoted',
    left: (n) => `${n} left`,
    soldOut: 'Sold out',
    gone: 'Just sold out',
    goneFrom: (n) => `was no. ${n}`,
    more: (n) => `Show the top ${n}`,
    thin: (name) => `Not enough sales here yet: showing ${name}.`,
    empty: 'No sales here yet. The first one shows up within a second.',
    missing: 'There is no such ranking.',
    away: 'The ranking cannot be reached. Trying again …',
    starting: 'The shop is opening. The first ranking comes in a moment …',
    leads: (name) => `${name} is the new number one.`,
    close: 'Close',
    where: 'Where it ranks',
    reviews: (rating, n) => `${rating} · ${n} reviews`,
    off: (n) => `−${n}%`,
    about: 'A simulated shop: products, prices and sales are made up, the ranking is real.',
    api: 'API',
    json: 'This page as JSON',
    operator: 'Break something',
    badges: { sale: 'Sale', new: 'New in', 'free-shipping': 'Free delivery', limited: 'Limited', dawn: 'Dawn delivery', exclusive: 'Only here' },
  },
  ko: {
    skip: '순위로 바로가기',
    all: '전체',
    allOf: (name) => `${name} 전체`,
    everyone: '모든 연령',
    'buyer.ageGroup': '구매 연령',
    'buyer.country': '국가',
    'buyer.gender': '성별',
    brand: '브랜드',
    age: (v) => (/^\d+s$/.test(v) ? `${v.slice(0, -1)}대` : v),
    lead: { 'best-sellers': '최근 24시간 판매를 한 건 한 건 세어 보여 드려요.', trending: '지금 많이 보고, 담고, 사는 상품이에요.', today: '오늘 자정부터 들어온 주문 순이에요.' },
    leadOther: '판매가 들어오는 대로 바로 셉니다.',
    live: '실시간',
    connecting: '연결 중',
    stale: '다시 연결 중',
    asOf: (t) => `${t} 기준`,
    up: (n) => `${n}계단 상승`,
    down: (n) => `${n}계단 하락`,
    same: '변동 없음',
    new: '신규 진입',
    NEW: 'NEW',
    rank: (n) => `${n}위`,
    sold: (n) => `${n}개 판매`,
    promoted: '프로모션',
    left: (n) => `${n}개 남음`,
    soldOut: '품절',
    gone: '방금 품절된 상품',
    goneFrom: (n) => `직전 ${n}위`,
    more: (n) => `${n}위까지 보기`,
    thin: (name) => `아직 판매가 적어 ${name} 순위를 보여 드려요.`,
    empty: '아직 판매가 없어요. 첫 판매는 1초 안에 나타납니다.',
    missing: '찾을 수 없는 랭킹이에요.',
    away: '랭킹에 연결할 수 없어 다시 시도하고 있어요 …',
    starting: '상점을 여는 중이에요. 곧 첫 순위가 나옵니다 …',
    leads: (name) => `새로운 1위: ${name}`,
    close: '닫기',
    where: '현재 순위',
    reviews: (rating, n) => `${rating} · 리뷰 ${n}개`,
    off: (n) => `${n}%`,
    about: '시뮬레이션 상점입니다. 상품과 가격, 판매는 만들어 낸 것이고 순위는 진짜입니다.',
    api: 'API',
    json: '이 페이지의 JSON',
    operator: '고장 내 보기',
    badges: { sale: '할인', new: '신상품', 'free-shipping': '무료배송', limited: '한정', dawn: '새벽배송', exclusive: '단독' },
  },
};

const saved = () => { try { return localStorage.getItem('language'); } catch { return null; } };
let language = new URLSearchParams(location.search).get('lang') || saved() || (navigator.language || 'en').slice(0, 2);
if (!WORDS[language]) language = 'en';

export const lang = () => language;
export const t = (key) => WORDS[language][key] ?? key;

export function setLanguage(to) {
  language = to;
  try { localStorage.setItem('language', to); } catch { /* private windows may refuse */ }
}

/** One of {en, ko} or a plain text. */
export function local(value, otherwise = '') {
  if (value == null) return otherwise;
  if (typeof value === 'object') return value[language] ?? value.en ?? Object.values(value)[0] ?? otherwise;
  return String(value);
}

export const number = (n) => new Intl.NumberFormat(language).format(n);

/** A price in minor units of its currency, as shops write it: 12,900원 or ₩12,900. */
export function price(amount, currency = 'KRW') {
  if (typeof amount !== 'number') return '';
  if (currency === 'KRW' && language === 'ko') return `${number(amount)}원`;
  try {
    const format = new Intl.NumberFormat(language, { style: 'currency', currency });
    return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits);
  } catch {
    return `${number(amount)} ${currency}`;
  }
}

export const clock = (iso) => new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false }).format(new Date(iso));

export const date = (iso) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
