import type { Language } from '../lib/format';

export interface ClaimTexts {
  language: string;
  theme: { label: string; light: string; dark: string; system: string };
  loading: string;
  noCampaign: string;
  noCampaignText: string;
  unreachable: string;
  unreachableText: string;
  retrying: string;
  opensIn: string;
  opensAt: string;
  closesAt: string;
  days: string;
  hours: string;
  minutes: string;
  seconds: string;
  left: (remaining: string, total: string) => string;
  stock: (total: string) => string;
  unlimited: string;
  button: string;
  notYet: string;
  sending: string;
  busy: (seconds: number) => string;
  lost: string;
  noToken: string;
  noTokenText: string;
  random: string;
  as: (user: string) => string;
  signedOut: string;
  yours: string;
  number: string;
  accepted: string;
  issued: string;
  onItsWay: string;
  code: string;
  qr: string;
  showIt: string;
  validFrom: string;
  validUntil: string;
  redeemed: string;
  redeemedAt: string;
  expired: string;
  safe: string;
  discarded: string;
  discardedText: string;
  soldOut: string;
  soldOutText: string;
  paused: string;
  pausedText: string;
  closed: string;
  closedText: string;
  notEligible: string;
  notEligibleText: string;
  refusedToken: string;
  refusedTokenText: string;
  failed: string;
  failedText: (code: string) => string;
  clock: string;
  another: string;
}

export const CLAIM: Record<Language, ClaimTexts> = {
  en: {
    language: '한국어로 보기',
    theme: { label: 'Colours', light: 'Light', dark: 'Dark', system: 'As the system' },
    loading: 'One moment…',
    noCampaign: 'There is no such offer',
    noCampaignText: 'The address may be mistyped. Ask whoever sent it to you.',
    unreachable: 'The server does not answer',
    unreachableText: 'You do not lose your place: this page tries again automatically.',
    retrying: 'Trying again…',
    opensIn: 'Opens in',
    opensAt: 'Opens',
    closesAt: 'Until',
    days: 'days',
    hours: 'hours',
    minutes: 'min',
    seconds: 'sec',
    left: (remaining, total) => `${remaining} of ${total} left`,
    stock: (total) => `${total} coupons, first come, first served`,
    unlimited: 'Unlimited',
    button: 'Get my coupon',
    notYet: 'Not open yet',
    sending: 'Getting it…',
    busy: (seconds) => `Many people are here. The page tries again in ${seconds} s.`,
    lost: 'No answer yet. The page tries again automatically; pressing twice has no disadvantage.',
    noToken: 'Please log in at the shop first',
    noTokenText: 'Then open this page from there, so that it knows who you are.',
    random: 'Try it as a random user',
    as: (user) => `as ${user}`,
    signedOut: 'not signed in',
    yours: 'It is yours',
    number: 'Number',
    accepted: 'Accepted',
    issued: 'Recorded',
    onItsWay: 'is being recorded',
    code: 'Coupon code',
    qr: 'The coupon code as a QR code',
    showIt: 'Show it when you pay, or type the code.',
    validFrom: 'Valid from',
    validUntil: 'Valid until',
    redeemed: 'Used',
    redeemedAt: 'Used on',
    expired: 'Expired',
    safe: 'You can close this page. When you come back, it shows the same number.',
    discarded: 'Withdrawn',
    discardedText: 'Your coupon was withdrawn by the shop. Please ask them why.',
    soldOut: 'All gone',
    soldOutText: 'All coupons were given.',
    paused: 'Paused for a moment',
    pausedText: 'The shop has paused this offer. This page shows when it continues.',
    closed: 'Closed',
    closedText: 'This offer has ended.',
    notEligible: 'Not for this account',
    notEligibleText: 'This offer is for certain customers only. The shop can tell you who they are.',
    refusedToken: 'You are no longer logged in',
    refusedTokenText: 'Please log in at the shop again and come back from there.',
    failed: 'That did not work',
    failedText: (code) => `Please try again in a moment. (${code})`,
    clock: 'By the server’s clock',
    another: 'Be another random user',
  },
  ko: {
    language: 'View in English',
    theme: { label: '화면 색상', light: '밝게', dark: '어둡게', system: '시스템 설정' },
    loading: '잠시만요…',
    noCampaign: '없는 쿠폰입니다',
    noCampaignText: '주소가 잘못됐을 수 있습니다. 주소를 알려 준 곳에 확인해 주세요.',
    unreachable: '서버가 응답하지 않습니다',
    unreachableText: '기다린다고 순서를 잃지 않습니다. 자동으로 다시 시도합니다.',
    retrying: '다시 시도하는 중…',
    opensIn: '시작까지',
    opensAt: '시작',
    closesAt: '종료',
    days: '일',
    hours: '시간',
    minutes: '분',
    seconds: '초',
    left: (remaining, total) => `${total}장 중 ${remaining}장 남음`,
    stock: (total) => `선착순 ${total}장`,
    unlimited: '수량 제한 없음',
    button: '쿠폰 받기',
    notYet: '아직 시작 전입니다',
    sending: '받는 중…',
    busy: (seconds) => `지금 많은 분이 접속 중입니다. ${seconds}초 뒤 자동으로 다시 시도합니다.`,
    lost: '아직 응답이 없어 자동으로 다시 시도합니다. 여러 번 눌러도 불이익이 없습니다.',
    noToken: '먼저 쇼핑몰에 로그인해 주세요',
    noTokenText: '로그인한 뒤 그곳에서 이 페이지를 열면 누구신지 알 수 있습니다.',
    random: '임의의 사용자로 체험하기',
    as: (user) => `${user} 님`,
    signedOut: '로그인 전',
    yours: '발급됐습니다',
    number: '선착 순번',
    accepted: '수락',
    issued: '기록',
    onItsWay: '기록하는 중입니다',
    code: '쿠폰 코드',
    qr: '쿠폰 코드의 QR 코드',
    showIt: '결제할 때 보여 주거나 코드를 입력해 주세요.',
    validFrom: '사용 시작',
    validUntil: '사용 기한',
    redeemed: '사용한 쿠폰입니다',
    redeemedAt: '사용 일시',
    expired: '사용 기한이 지났습니다',
    safe: '이 페이지를 닫아도 됩니다. 언제 다시 와도 같은 순번이 보입니다.',
    discarded: '회수됐습니다',
    discardedText: '쇼핑몰이 이 쿠폰을 회수했습니다. 이유는 쇼핑몰에 문의해 주세요.',
    soldOut: '모두 소진됐습니다',
    soldOutText: '쿠폰이 모두 발급되어 남은 것이 없습니다.',
    paused: '잠시 멈췄습니다',
    pausedText: '쇼핑몰이 발급을 잠시 멈췄습니다. 다시 시작하면 이 페이지가 알려 드립니다.',
    closed: '종료됐습니다',
    closedText: '이 쿠폰의 발급이 끝났습니다.',
    notEligible: '이 계정은 대상이 아닙니다',
    notEligibleText: '일부 고객만 받을 수 있는 쿠폰입니다. 대상 고객은 쇼핑몰에 문의하십시오.',
    refusedToken: '로그인이 만료됐습니다',
    refusedTokenText: '쇼핑몰에 다시 로그인한 뒤 그곳에서 이 페이지를 열어 주세요.',
    failed: '처리하지 못했습니다',
    failedText: (code) => `잠시 뒤 다시 시도해 주세요. (${code})`,
    clock: '서버 시계 기준',
    another: '다른 임의의 사용자로',
  },
};
