// Words in the reader's language; the same keys in both.

const WORDS = {
  en: {
    login: 'Log in', token: 'Your admin token', enter: 'Log in', wrongToken: 'This token is not known here.', tooMany: 'Too many tries. Wait ten seconds.',
    away: 'The updater does not answer.', skip: 'Skip to the content', sections: 'Sections', logout: 'Log out',
    board: 'Board', rules: 'Rules', audit: 'Audit trail', history: 'History', compare: 'Compare', report: 'Self-preference',
    chooseBoard: 'Board', category: 'Category', 'buyer.ageGroup': 'Age group', 'buyer.country': 'Country', 'buyer.gender': 'Gender', whole: 'All', shadow: 'shadow', asOf: (t) => `as of ${t}`, epoch: 'Epoch', refresh: 'Refresh',
    shown: 'Shown', organic: 'Organic', product: 'Product', score: 'Score', note: 'Note', promoted: 'promoted', buried: 'buried', withoutSales: 'no organic rank',
    notShown: 'Ranked, but not shown', empty: 'Nothing here yet.', evidence: 'Evidence', close: 'Close',
    heldAt: (e, t, who, why) => `Held at epoch ${e} (${t}) by ${who}: ${why || '–'}`, onRelease: (e, l, m) => `On release ${e} would enter, ${l} leave, ${m} move.`, release: 'Release', released: 'Released: what is ranked is shown again.',
    netUnits: 'Net units', orders: 'Orders', cancelledUnits: 'Cancelled units', cappedUnits: 'Left out by the buyer cap', buyers: 'Distinct buyers', eligible: 'May be shown', yes: 'yes', no: 'no',
    displayedRank: 'Shown at', organicRank: 'Organic rank', listed: 'Listed', reason: 'Reason', reasonFor: 'Why (kept in the audit trail)',
    'not-in-slice': 'not in this slice', ineligible: 'not eligible', hidden: 'hidden by a rule', 'no-sales': 'no sales', 'shown-as-another': 'shown as another of its group', 'below-the-cut': 'below the cut', 'not-ranked': 'not among those ranked then',
    rulesHere: 'Rules that apply', noRules: 'No rule applies.', newRule: 'New rule', changeRule: 'Change rule', action: 'Action', pin: 'Pin', boost: 'Boost', bury: 'Bury', hide: 'Hide',
    place: 'Place', factor: 'Factor', from: 'From', until: 'Until', scope: 'Where', thisSlice: 'This slice only', wholeOnly: 'The whole shop only', previewFirst: 'Preview it first; then it can be saved.', allSlices: 'All slices of the board', productId: 'Product id',
    preview: 'Preview', save: 'Save', saved: 'Saved. It shows within a second.', previewOf: 'As it would be shown', noChange: 'Nothing would move.', was: (n) => `was ${n}`, enters: 'enters', leaves: (n) => `${n} would leave the listing`,
    course: 'Course of the last 24 hours', noCourse: 'No history yet.', rank: 'Rank', time: 'Time',
    author: 'Author', where: 'Where', validity: 'Validity', always: 'always', edit: 'Change', remove: 'Delete', removed: 'Deleted.', removeWhy: 'Why is it deleted?', cancel: 'Cancel', confirm: 'Confirm',
    conflict: 'Somebody else changed this rule meanwhile. What stands now was loaded; look at it and save again.', when: 'When', what: 'What', before: 'Before', after: 'After', newest: 'Newest first',
    hold: 'held', released_: 'released', set: 'set', deleted: 'deleted', changed: 'changed', more: 'More',
    rollback: 'Roll back to this', rolledBack: 'Rolled back and held. Release it when ranking may go on.', rollbackWhy: 'Why is it rolled back?', releaseWhy: 'Why is it released?', entries: 'Entries', at: 'At', show: 'Show', since: 'Since', difference: 'Difference to now',
    with: 'With', overlap: 'Overlap', moved: 'Moved', entered: 'Only in the second', left: 'Only in the first', fromTo: (a, b) => `${a} → ${b}`,
    by: 'By', brand: 'Brand', seller: 'Seller', gain: 'Places gained by rules', organicMean: 'Organic place, mean', displayedMean: 'Shown place, mean', organicTop10: 'In the organic first 10', displayedTop10: 'In the shown first 10', promotedTimes: 'Promoted', hiddenTimes: 'Hidden', csv: 'As CSV', epochsSeen: (n) => `${n} epochs of the last 7 days`,
  },
  ko: {
    login: '로그인', token: '관리자 토큰', enter: '로그인', wrongToken: '등록되지 않은 토큰입니다.', tooMany: '시도가 너무 많습니다. 10초 뒤에 다시 해 주세요.',
    away: '업데이터가 응답하지 않습니다.', skip: '본문으로 바로가기', sections: '메뉴', logout: '로그아웃',
    board: '보드', rules: '규칙', audit: '변경 기록', history: '이력', compare: '비교', report: '자사 우대 점검',
    chooseBoard: '보드', category: '카테고리', 'buyer.ageGroup': '연령대', 'buyer.country': '국가', 'buyer.gender': '성별', whole: '전체', shadow: '비공개', asOf: (t) => `${t} 기준`, epoch: '버전', refresh: '새로고침',
    shown: '노출', organic: '원순위', product: '상품', score: '점수', note: '비고', promoted: '프로모션', buried: '내림', withoutSales: '원순위 없음',
    notShown: '순위에는 있으나 노출되지 않음', empty: '아직 내용이 없습니다.', evidence: '근거', close: '닫기',
    heldAt: (e, t, who, why) => `${who} 님이 버전 ${e} (${t})에 고정함: ${why || '–'}`, onRelease: (e, l, m) => `해제하면 ${e}개가 들어오고 ${l}개가 빠지며 ${m}개의 순위가 바뀝니다.`, release: '고정 해제', released: '고정을 풀었습니다. 현재 순위가 다시 노출됩니다.',
    netUnits: '순판매 수량', orders: '주문 수', cancelledUnits: '취소 수량', cappedUnits: '구매자 상한으로 제외', buyers: '구매자 수', eligible: '노출 가능', yes: '예', no: '아니요',
    displayedRank: '노출 순위', organicRank: '원순위', listed: '노출 여부', reason: '사유', reasonFor: '사유 (변경 기록에 남습니다)',
    'not-in-slice': '이 구분에 속하지 않음', ineligible: '노출 불가 상품', hidden: '규칙으로 숨김', 'no-sales': '판매 없음', 'shown-as-another': '같은 그룹의 다른 상품으로 노출', 'below-the-cut': '순위 밖', 'not-ranked': '당시 순위에 없었음',
    rulesHere: '적용 중인 규칙', noRules: '적용 중인 규칙이 없습니다.', newRule: '새 규칙', changeRule: '규칙 변경', action: '동작', pin: '고정', boost: '올리기', bury: '내리기', hide: '숨기기',
    place: '자리', factor: '배수', from: '시작', until: '종료', scope: '적용 범위', thisSlice: '이 구분만', wholeOnly: '전체 순위에만', previewFirst: '먼저 미리 보기를 하면 저장할 수 있습니다.', allSlices: '보드 전체 구분', productId: '상품 번호',
    preview: '미리 보기', save: '저장', saved: '저장했습니다. 1초 안에 반영됩니다.', previewOf: '적용하면 이렇게 보입니다', noChange: '달라지는 순위가 없습니다.', was: (n) => `기존 ${n}위`, enters: '신규 진입', leaves: (n) => `${n}개 상품이 목록에서 빠집니다`,
    course: '최근 24시간 추이', noCourse: '아직 이력이 없습니다.', rank: '순위', time: '시각',
    author: '작성자', where: '범위', validity: '기간', always: '상시', edit: '변경', remove: '삭제', removed: '삭제했습니다.', removeWhy: '삭제하는 이유는 무엇인가요?', cancel: '취소', confirm: '확인',
    conflict: '그 사이 다른 사람이 이 규칙을 바꿨습니다. 현재 내용을 불러왔으니 확인하고 다시 저장해 주세요.', when: '언제', what: '무엇을', before: '이전', after: '이후', newest: '최신순',
    hold: '고정', released_: '고정 해제', set: '등록', deleted: '삭제', changed: '변경', more: '더 보기',
    rollback: '이 버전으로 되돌리기', rolledBack: '되돌리고 고정했습니다. 순위를 다시 진행하려면 고정을 해제하세요.', rollbackWhy: '되돌리는 이유는 무엇인가요?', releaseWhy: '고정을 해제하는 이유는 무엇인가요?', entries: '상품 수', at: '시점', show: '보기', since: '시작 시점', difference: '현재와 차이',
    with: '비교 대상', overlap: '겹치는 비율', moved: '이동', entered: '뒤쪽에만 있음', left: '앞쪽에만 있음', fromTo: (a, b) => `${a} → ${b}`,
    by: '기준', brand: '브랜드', seller: '판매자', gain: '규칙으로 오른 순위', organicMean: '평균 원순위', displayedMean: '평균 노출 순위', organicTop10: '원순위 10위 안', displayedTop10: '노출 10위 안', promotedTimes: '프로모션', hiddenTimes: '숨김', csv: 'CSV로 받기', epochsSeen: (n) => `최근 7일의 버전 ${n}개`,
  },
};

export let language = stored() || (navigator.language.startsWith('ko') ? 'ko' : 'en');

function stored() {
  try { return localStorage.getItem('language'); } catch { return null; }
}

export function text(key, ...values) {
  const word = (WORDS[language] || WORDS.en)[key];
  return typeof word === 'function' ? word(...values) : word === undefined ? key.split('.').pop() : word;
}

export const number = (n) => new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(n);
export const time = (t) => new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium' }).format(new Date(t));

/** Fills what stands in the page already; `changed` draws the rest. */
export function apply(changed = () => {}) {
  const fill = () => {
    document.documentElement.lang = language;
    document.querySelectorAll('[data-text]').forEach((e) => { e.textContent = text(e.dataset.text); });
    document.querySelectorAll('[data-label]').forEach((e) => e.setAttribute('aria-label', text(e.dataset.label)));
    document.querySelectorAll('[data-language]').forEach((b) => b.setAttribute('aria-pressed', b.dataset.language === language));
  };
  document.querySelectorAll('[data-language]').forEach((b) => b.addEventListener('click', () => {
    language = b.dataset.language;
    try { localStorage.setItem('language', language); } catch { /* It is for this page only then. */ }
    fill();
    changed();
  }));
  fill();
}
