-- Opens a fenced and loaded campaign under the ledger's config, whatever Redis held: behind the fence nothing newer than
-- what was read from the ledger can have come, and Redis may have lost a part of its own.
--
-- Where another config than this was in force before, or Redis has lost which, nodes may still repeat a refusal that this one does
-- not give: it rests as a change that widens does (configure.lua). Before the first attempt nobody was refused.
--
-- KEYS  1 meta, 2 issued
-- ARGV  1 the attempt's epoch, 2 last sequence, 3 version, 4 total, 5 state, 6 opens ms, 7 closes ms
-- Reply OPENED | LOST (the fence is another's, or other than `last` holders are loaded)
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'fence', 'version')
if meta[1] ~= ARGV[1] or meta[2] ~= ARGV[1] then return 'LOST' end
if redis.call('HLEN', KEYS[2]) ~= tonumber(ARGV[2]) then return 'LOST' end
redis.call('HSET', KEYS[1], 'seq', ARGV[2], 'drained', ARGV[2], 'version', ARGV[3], 'total', ARGV[4], 'state', ARGV[5], 'opens', ARGV[6],
  'closes', ARGV[7])
if ARGV[1] ~= '1' and meta[3] ~= ARGV[3] then
  local time = redis.call('TIME')
  redis.call('HSET', KEYS[1], 'widened', string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000)))
end
redis.call('HDEL', KEYS[1], 'fence')
return 'OPENED'
