-- Gives Redis a config; an older one changes nothing.
--
-- Nodes repeat SOLD_OUT and NOT_OPEN for up to a second without asking, and cannot know who got a coupon meanwhile. So what lets
-- further users in is noted as `widened`: reserve.lua accepts nobody for a second from then.
--
-- KEYS  1 meta
-- ARGV  1 ledger id, 2 epoch, 3 version, 4 total ('unlimited' or a number), 5 state, 6 opens ms, 7 closes ms
-- Reply APPLIED | NEWER <version> (Redis holds it) | BELOW_SEQUENCE <seq> | ARCHIVED | UNINITIALIZED | EPOCH | REBUILDING
local function whole(text) return text and string.find(text, '^%d+$') and tonumber(text) end
local meta = redis.pcall('HMGET', KEYS[1], 'ledger', 'epoch', 'version', 'seq', 'state', 'fence', 'total', 'opens')
if meta.err then return 'UNINITIALIZED' end
if meta[5] == 'ARCHIVED' then return 'ARCHIVED' end
local version, seq = whole(meta[3]), whole(meta[4])
if not (meta[1] and meta[2] and meta[5] and version and seq) then return 'UNINITIALIZED' end
if meta[1] ~= ARGV[1] or meta[2] ~= ARGV[2] then return 'EPOCH' end
if meta[6] then return 'REBUILDING' end
if tonumber(ARGV[3]) < version then return 'NEWER ' .. meta[3] end
if ARGV[4] ~= 'unlimited' and tonumber(ARGV[4]) < seq then return 'BELOW_SEQUENCE ' .. meta[4] end

local total, opens = whole(meta[7]), whole(meta[8])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local raised = total and seq >= total and (ARGV[4] == 'unlimited' or tonumber(ARGV[4]) > total)
local earlier = opens and seq == 0 and now < opens and tonumber(ARGV[6]) < opens
if raised or earlier then redis.call('HSET', KEYS[1], 'widened', string.format('%.0f', now)) end
redis.call('HSET', KEYS[1], 'version', ARGV[3], 'total', ARGV[4], 'state', ARGV[5], 'opens', ARGV[6], 'closes', ARGV[7])
return 'APPLIED'
