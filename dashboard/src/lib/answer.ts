/** "Why didn't I get one?" answered in one sentence that can be passed on as it is, and the same in Korean. */

import { count, spoken, type Language } from './format';
import type { Lookup } from './types';

export function answer(lookup: Lookup, language: Language): string {
  return (language === 'ko' ? korean : english)(lookup, at);
}

type Say = (instant: string | null | undefined) => string;

const at: Say = (instant) => (instant ? spoken(new Date(instant)) : '–');

function english(l: Lookup, at: Say): string {
  const number = count(l.sequence ?? 0);
  const accepted = l.acceptedAt ? `, accepted at ${at(l.acceptedAt)}` : '';
  switch (l.outcome) {
    case 'ISSUED':
      return `${l.userId} has coupon number ${number}${accepted}${l.issuedAt ? ` and in the ledger since ${at(l.issuedAt)}` : ''}.`;
    case 'ACCEPTED':
      return `${l.userId} has coupon number ${number}${accepted}; it is on its way into the ledger.`;
    case 'FAILED':
      return `${l.userId} has number ${number}${accepted}, but the ledger refused it ${times(l.failure?.attempts ?? 1)}, last at ${at(l.failure?.lastAt)} (${l.failure?.reason ?? '–'}). It is kept and can be replayed.`;
    case 'DISCARDED':
      return `${l.userId} had number ${number}${accepted}, and an operator discarded it (${l.failure?.reason ?? '–'}).`;
    case 'NOT_ISSUED':
      return englishNone(l, at);
  }
}

const times = (n: number) => (n === 1 ? 'once' : `${count(n)} times`);

function englishNone(l: Lookup, at: Say): string {
  const none = `no issue of ${l.userId} was accepted`;
  const given = l.last ? `number ${count(l.last.sequence)}${l.last.acceptedAt ? ` was given at ${at(l.last.acceptedAt)}` : ' was given'}` : null;
  const total = l.campaign.total === null ? '' : ` of ${count(l.campaign.total)}`;
  switch (l.campaign.state) {
    case 'SOLD_OUT':
      return given
        ? `Sold out: the last coupon, number ${count(l.last?.sequence ?? 0)}${total}, was given${l.last?.acceptedAt ? ` at ${at(l.last.acceptedAt)}` : ''}; ${none}.`
        : `Sold out; ${none}.`;
    case 'SCHEDULED':
      return `The campaign opens at ${at(l.campaign.opensAt)}; ${none} so far.`;
    case 'OPEN':
      return `The campaign is open, ${given ? `the latest, ${given}${total && `,${total} in all`}` : 'nobody has a coupon yet'}; ${none} so far.`;
    case 'PAUSED':
      return `The campaign is paused by an operator${given ? `; before that, ${given}` : ''}; ${none}.`;
    case 'CLOSED':
      return `The campaign is closed${Date.parse(l.campaign.closesAt) <= Date.parse(l.serverTime) ? ` since ${at(l.campaign.closesAt)}` : ' by an operator'}${given ? `; the last coupon, ${given}` : '; nobody got a coupon'}; ${none}.`;
  }
}

function korean(l: Lookup, at: Say): string {
  const number = count(l.sequence ?? 0);
  const accepted = l.acceptedAt ? ` ${at(l.acceptedAt)}에 수락됐` : ' 수락됐';
  switch (l.outcome) {
    case 'ISSUED':
      return `${l.userId} 님은 선착 순번 ${number}번 쿠폰을 받았습니다.${accepted}고${l.issuedAt ? `, ${at(l.issuedAt)}에 원장에 기록됐습니다.` : ' 원장에 기록됐습니다.'}`;
    case 'ACCEPTED':
      return `${l.userId} 님은 선착 순번 ${number}번 쿠폰을 받았습니다.${accepted}으며, 지금 원장에 기록되는 중입니다.`;
    case 'FAILED':
      return `${l.userId} 님의 선착 순번 ${number}번은${accepted}지만 원장이 ${count(l.failure?.attempts ?? 1)}번 거부했습니다(마지막 ${at(l.failure?.lastAt)}, 사유: ${l.failure?.reason ?? '–'}). 보관 중이며 재처리할 수 있습니다.`;
    case 'DISCARDED':
      return `${l.userId} 님의 선착 순번 ${number}번은${accepted}지만 운영자가 폐기했습니다(사유: ${l.failure?.reason ?? '–'}).`;
    case 'NOT_ISSUED':
      return koreanNone(l, at);
  }
}

function koreanNone(l: Lookup, at: Say): string {
  const none = `${l.userId} 님의 발급은 수락된 적이 없습니다`;
  const total = l.campaign.total === null ? '' : `전체 ${count(l.campaign.total)}장 중 `;
  const given = l.last ? `선착 순번 ${count(l.last.sequence)}번이${l.last.acceptedAt ? ` ${at(l.last.acceptedAt)}에` : ''} 발급` : null;
  switch (l.campaign.state) {
    case 'SOLD_OUT':
      return given ? `소진됐습니다. ${total}마지막 ${given}됐고, ${none}.` : `소진됐습니다. ${none}.`;
    case 'SCHEDULED':
      return `캠페인은 ${at(l.campaign.opensAt)}에 시작합니다. 아직 ${none}.`;
    case 'OPEN':
      return `캠페인은 발급 중입니다. ${given ? `${total}가장 최근 ${given}됐고, ` : '아직 아무도 받지 않았고, '}지금까지 ${none}.`;
    case 'PAUSED':
      return `캠페인은 운영자가 일시 중지했습니다. ${given ? `그 전에 ${given}됐고, ` : ''}${none}.`;
    case 'CLOSED':
      return `캠페인은 ${Date.parse(l.campaign.closesAt) <= Date.parse(l.serverTime) ? `${at(l.campaign.closesAt)}에` : '운영자가'} 종료${Date.parse(l.campaign.closesAt) <= Date.parse(l.serverTime) ? '됐습니다' : '했습니다'}. ${given ? `마지막 ${given}됐고, ` : '아무도 받지 않았고, '}${none}.`;
  }
}
