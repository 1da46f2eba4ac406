/** "Why didn't I get one?" answered in words that can be passed on as they are, in either language. */

import { count, spoken, type Language } from './format';
import type { Lookup } from './types';

export function answer(lookup: Lookup, language: Language): string {
  return language === 'ko' ? korean(lookup) : english(lookup);
}

const at = (instant: string | null | undefined): string => (instant ? spoken(new Date(instant)) : '–');

/** What PostgreSQL says first; where in its functions it came from is for the failures page. */
const brief = (reason: string | undefined): string => reason?.split('\n', 1)[0] ?? '–';

/** Closed because its time was over, or by somebody before that? */
const ended = (l: Lookup): boolean => Date.parse(l.campaign.closesAt) <= Date.parse(l.serverTime);

function english(l: Lookup): string {
  const number = count(l.sequence ?? 0);
  const accepted = l.acceptedAt ? `, accepted at ${at(l.acceptedAt)}` : '';
  const reason = brief(l.failure?.reason);
  switch (l.outcome) {
    case 'ISSUED':
      return `${l.userId} has coupon number ${number}${accepted}${l.issuedAt ? ` and in the ledger since ${at(l.issuedAt)}` : ''}.`;
    case 'ACCEPTED':
      return `${l.userId} has coupon number ${number}${accepted}; it is on its way into the ledger.`;
    case 'FAILED': {
      const tries = l.failure?.attempts ?? 1;
      const often = tries === 1 ? 'once' : `${count(tries)} times`;
      return `${l.userId} has number ${number}${accepted}, but the ledger refused it ${often}, last at ${at(l.failure?.lastAt)} (${reason}). It is kept and can be replayed.`;
    }
    case 'DISCARDED':
      return `${l.userId} had number ${number}${accepted}; the ledger refused it (${reason}), and an operator discarded it. The reason stands in the audit list.`;
    case 'NOT_ISSUED':
      return `${englishWhy(l)}; no issue of ${l.userId} was accepted${l.campaign.state === 'SCHEDULED' || l.campaign.state === 'OPEN' ? ' so far' : ''}.`;
  }
}

function englishWhy(l: Lookup): string {
  const { state, total, opensAt, closesAt } = l.campaign;
  const number = l.last ? `umber ${count(l.last.sequence)}${total === null ? '' : ` of ${count(total)}`}` : null;
  const given = l.last?.acceptedAt ? `was given at ${at(l.last.acceptedAt)}` : 'was given';
  switch (state) {
    case 'SOLD_OUT':
      return number ? `N${number}, the last one, ${given}` : 'Every coupon is given';
    case 'SCHEDULED':
      return `The campaign opens at ${at(opensAt)}`;
    case 'OPEN':
      return `The campaign is open${number ? `: n${number} ${given}` : ' and nobody has a coupon yet'}`;
    case 'PAUSED':
      return `The campaign is paused by an operator${number ? `: n${number} ${given} before` : ''}`;
    case 'CLOSED':
    case 'ARCHIVED': {
      const how = ended(l) ? `closed at ${at(closesAt)}` : 'was closed by an operator';
      return `The campaign ${how}${number ? `: n${number} was the last one given` : ' and nobody got a coupon'}`;
    }
  }
}

function korean(l: Lookup): string {
  const number = `선착 순번 ${count(l.sequence ?? 0)}번`;
  const accepted = l.acceptedAt ? `${at(l.acceptedAt)}에 수락됐` : '수락됐';
  const reason = brief(l.failure?.reason);
  switch (l.outcome) {
    case 'ISSUED':
      return `${l.userId} 님은 ${number} 쿠폰을 받았습니다. ${accepted}고, ${l.issuedAt ? `${at(l.issuedAt)}에 ` : ''}원장에 기록됐습니다.`;
    case 'ACCEPTED':
      return `${l.userId} 님은 ${number} 쿠폰을 받았습니다. ${accepted}으며, 지금 원장에 기록되는 중입니다.`;
    case 'FAILED':
      return `${l.userId} 님의 ${number}은 ${accepted}지만 원장이 ${count(l.failure?.attempts ?? 1)}번 거부했습니다(마지막 ${at(l.failure?.lastAt)}, 사유: ${reason}). 보관 중이며 재처리할 수 있습니다.`;
    case 'DISCARDED':
      return `${l.userId} 님의 ${number}은 ${accepted}지만 원장이 거부했고(${reason}), 운영자가 폐기했습니다. 폐기한 이유는 감사 기록에 있습니다.`;
    case 'NOT_ISSUED':
      return `${koreanWhy(l)} ${l.userId} 님의 발급은 수락된 적이 없습니다.`;
  }
}

function koreanWhy(l: Lookup): string {
  const { state, total, opensAt, closesAt } = l.campaign;
  const all = total === null ? '' : `전체 ${count(total)}장 중 `;
  const number = l.last ? `선착 순번 ${count(l.last.sequence)}번` : null;
  const when = l.last?.acceptedAt ? at(l.last.acceptedAt) : null;
  switch (state) {
    case 'SOLD_OUT':
      return number ? `${all}마지막인 ${number}이 ${when ? `${when}에 ` : ''}발급되어 소진됐고,` : '쿠폰이 모두 소진됐고,';
    case 'SCHEDULED':
      return `캠페인은 ${at(opensAt)}에 시작합니다. 지금까지`;
    case 'OPEN':
      return number
        ? `캠페인은 발급 중입니다. ${all}${number}까지 발급됐고${when ? `(마지막 ${when})` : ''}, 지금까지`
        : '캠페인은 발급 중이고 아직 아무도 받지 않았습니다. 지금까지';
    case 'PAUSED':
      return `캠페인은 운영자가 일시 중지했습니다.${number ? ` 그전에 ${all}${number}까지 발급됐고,` : ''}`;
    case 'CLOSED':
    case 'ARCHIVED': {
      if (number === null) return `캠페인은 ${ended(l) ? `${at(closesAt)}에 종료됐고` : '운영자가 종료했고'} 아무도 받지 않았습니다.`;
      return `캠페인은 ${ended(l) ? `${at(closesAt)}에 종료됐습니다` : '운영자가 종료했습니다'}. ${all}${number}까지 발급됐고,`;
    }
  }
}
