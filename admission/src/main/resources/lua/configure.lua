-- Gives Redis a config; an older one changes nothing.
--
-- What was given is given: a stock below it becomes what was given, so that the change takes effect at once, and once coupons were
-- given an opening that lies ahead stays the one that has passed. The reply says what Redis now holds; the ledger learns it.
--
-- Nodes repeat SOLD_OUT and NOT_OPEN for up to a second without asking, and cannot know who got a coupon meanwhile. So what lets
-- further users in is noted as `widened`: reserve.lua accepts nobody for a second from then.
--
-- KEYS  1 meta
-- ARGV  1 ledger id, 2 epoch, 3 version, 4 total ('unlimited' or a number), 5 state, 6 opens ms, 7 closes ms,
--       8 the mark of the eligibility, '' if all may
-- Reply APPLIED <total> <opens ms> | NEWER <version> (Redis holds it) | ARCHIVED | UNINITIALIZED | EPOCH | REBUILDING
local function whole(text) return text and string.find(text, '^%d+$') and tonumber(text) end
local meta = redis.pcall('HMGET', KEYS[1], 'ledger', 'epoch', 'version', 'seq', 'state', 'fence', 'total', 'opens')
if meta.err then return 'UNINITIALIZED' end
if meta[5] == 'ARCHIVED' then return 'ARCHIVED' end
local version, seq = whole(meta[3]), whole(meta[4])
if not (meta[1] and meta[2] and meta[5] and version and seq) then return 'UNINITIALIZED' end
if meta[1] ~= ARGV[1] or meta[2] ~= ARGV[2] then return 'EPOCH' end
if meta[6] then return 'REBUILDING' end
if tonumber(ARGV[3]) < version then return 'NEWER ' .. meta[3] end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local total, opens = whole(meta[7]), whole(meta[8])
local newTotal, newOpens = ARGV[4], ARGV[6]
if newTotal ~= 'unlimited' and tonumber(newTotal) < seq then newTotal = meta[4] end
if seq > 0 and tonumber(newOpens) > now and opens and opens <= now then newOpens = meta[8] end

local raised = total and seq >= total and (newTotal == 'unlimited' or tonumber(newTotal) > total)
local earlier = opens and seq == 0 and now < opens and tonumber(newOpens) < opens
if raised or earlier then redis.call('HSET', KEYS[1], 'widened', string.format('%.0f', now)) end
redis.call('HSET', KEYS[1], 'version', ARGV[3], 'total', newTotal, 'state', ARGV[5], 'opens', newOpens, 'closes', ARGV[7])
if ARGV[8] == '' then redis.call('HDEL', KEYS[1], 'eligible') else redis.call('HSET', KEYS[1], 'eligible', ARGV[8]) end
return 'APPLIED ' .. newTotal .. ' ' .. newOpens
