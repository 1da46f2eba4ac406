/** Every code the server refuses by, as a person would say it. */

import type { Language } from '../lib/format';
import { Problem, Unreachable } from '../lib/http';

const TEXTS: Record<Language, Record<string, string>> = {
  en: {
    MALFORMED: 'The server could not read the request.',
    INVALID: 'A value is not allowed.',
    UNAUTHENTICATED: 'The token is missing, expired or not accepted.',
    FORBIDDEN: 'This token may not do that.',
    CAMPAIGN_NOT_FOUND: 'There is no such campaign.',
    NOT_FOUND: 'It does not exist (any more).',
    COUPON_NOT_FOUND: 'No coupon of the ledger has this code. It may be mistyped.',
    REDEEMED: 'The coupon was redeemed meanwhile; cancel the redemption first.',
    CAMPAIGN_EXISTS: 'This id was used before; ids are never used again.',
    CLOSED: 'The campaign is closed, and closing is final.',
    NOT_ELIGIBLE: 'The campaign is for users with a certain claim in their token.',
    NOT_CLOSED: 'It may still accept somebody: only a campaign that is closed, or whose time is over, can be archived.',
    NOT_SETTLED: 'The ledger lacks reservations of it: try again when the drain has caught up. Or failures wait for you: replay or discard them first.',
    ARCHIVED: 'The campaign is archived, and nothing of it changes any more.',
    BELOW_SEQUENCE: 'More coupons than that were already given.',
    ALREADY_OPENED: 'Coupons were given already, so the opening, and whether the stock is limited, cannot be changed any more.',
    SHORTENS_VALIDITY: 'Coupons were given already, so their validity can only be extended.',
    STALE: 'Somebody else has changed it. You now see the new state: check it, then save again.',
    TOO_LARGE: 'The request is too large.',
    REPLAY_FAILED: 'The ledger refused it again.',
    DISCARDED: 'It was discarded, so it is not replayed.',
    DROP_RUNNING: 'A drop is running already.',
    RATE_LIMITED: 'Too many requests; wait a moment.',
    OVERLOADED: 'The server is busy; try again in a moment.',
    REDIS_DOWN: 'Redis cannot be reached right now.',
    LEDGER_DOWN: 'The ledger (PostgreSQL) cannot be reached right now.',
    KEYS_UNKNOWN: 'The identity provider has not been reached yet; try again in a moment.',
    REBUILDING: 'Redis is being rebuilt from the ledger; try again in a moment.',
    BACKLOG_FULL: 'The log is full; try again when the drain has caught up.',
    INTERNAL: 'The server has a defect; see its log.',
  },
  ko: {
    MALFORMED: '서버가 요청을 해석하지 못했습니다.',
    INVALID: '허용되지 않는 값이 있습니다.',
    UNAUTHENTICATED: '토큰이 없거나 만료됐거나 유효하지 않습니다.',
    FORBIDDEN: '이 토큰에는 그럴 권한이 없습니다.',
    CAMPAIGN_NOT_FOUND: '그런 캠페인이 없습니다.',
    NOT_FOUND: '대상이 없거나 이미 사라졌습니다.',
    COUPON_NOT_FOUND: '원장에 이 코드의 쿠폰이 없습니다. 잘못 입력했을 수 있습니다.',
    REDEEMED: '그사이 사용된 쿠폰입니다. 먼저 사용을 취소하십시오.',
    CAMPAIGN_EXISTS: '이미 쓰인 ID입니다. ID는 다시 쓸 수 없습니다.',
    CLOSED: '종료된 캠페인입니다. 종료는 되돌릴 수 없습니다.',
    NOT_ELIGIBLE: '토큰에 정해진 클레임이 있는 사용자만 받을 수 있는 캠페인입니다.',
    NOT_CLOSED: '아직 발급될 수 있습니다. 종료했거나 기간이 끝난 캠페인만 보관할 수 있습니다.',
    NOT_SETTLED: '아직 원장에 기록되지 않은 발급이 있으면 발급 처리가 끝난 뒤 다시 시도하십시오. 처리하지 않은 발급 실패가 있으면 먼저 재처리하거나 폐기하십시오.',
    ARCHIVED: '보관된 캠페인입니다. 더 이상 아무것도 변경할 수 없습니다.',
    BELOW_SEQUENCE: '이미 그보다 많이 발급됐습니다.',
    ALREADY_OPENED: '이미 발급이 시작됐습니다. 시작 시각과 수량 제한 여부는 더 이상 바꿀 수 없습니다.',
    SHORTENS_VALIDITY: '이미 발급된 쿠폰이 있어 유효 기간은 늘릴 수만 있습니다.',
    STALE: '그사이 다른 사람이 변경했습니다. 지금 보이는 것이 최신 상태입니다. 확인한 뒤 다시 저장하십시오.',
    TOO_LARGE: '요청이 너무 큽니다.',
    REPLAY_FAILED: '원장이 이번에도 거부했습니다.',
    DISCARDED: '폐기된 건이라 재처리하지 않습니다.',
    DROP_RUNNING: '이미 드롭이 실행 중입니다.',
    RATE_LIMITED: '요청이 너무 많습니다. 잠시 뒤 다시 시도하십시오.',
    OVERLOADED: '서버가 붐빕니다. 잠시 뒤 다시 시도하십시오.',
    REDIS_DOWN: '지금 Redis에 연결할 수 없습니다.',
    LEDGER_DOWN: '지금 원장(PostgreSQL)에 연결할 수 없습니다.',
    KEYS_UNKNOWN: '아직 인증 서버에 연결하지 못했습니다. 잠시 뒤 다시 시도하십시오.',
    REBUILDING: '원장을 기준으로 Redis를 복구하고 있습니다. 잠시 뒤 다시 시도하십시오.',
    BACKLOG_FULL: '발급 대기 큐가 가득 찼습니다. 발급 처리가 따라잡은 뒤 다시 시도하십시오.',
    INTERNAL: '서버 결함입니다. 서버 로그를 확인하십시오.',
  },
};

const UNREACHABLE: Record<Language, string> = {
  en: 'The server did not answer.',
  ko: '서버가 응답하지 않았습니다.',
};

/** One sentence for the person; the server's own detail follows where it has one. */
export function explain(cause: unknown, language: Language): string {
  if (cause instanceof Unreachable) return UNREACHABLE[language];
  if (!(cause instanceof Problem)) return String(cause);
  const known = TEXTS[language][cause.code];
  if (known === undefined) return `${cause.code}: ${cause.message}`;
  return cause.detail ? `${known} (${cause.detail})` : known;
}
