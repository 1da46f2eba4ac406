-- Opens a fenced and loaded campaign under the ledger's config, whatever Redis held: behind the fence nothing newer than
-- what was read from the ledger can have come, and Redis may have lost a part of its own.
--
-- KEYS  1 meta, 2 issued
-- ARGV  1 the attempt's epoch, 2 last sequence, 3 version, 4 total, 5 state, 6 opens ms, 7 closes ms,
--       8 the mark of the eligibility, '' if all may
-- Reply OPENED | LOST (the fence is another's, or other than `last` holders are loaded)
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'fence')
if meta[1] ~= ARGV[1] or meta[2] ~= ARGV[1] then return 'LOST' end
if redis.call('HLEN', KEYS[2]) ~= tonumber(ARGV[2]) then return 'LOST' end
redis.call('HSET', KEYS[1], 'seq', ARGV[2], 'drained', ARGV[2], 'version', ARGV[3], 'total', ARGV[4], 'state', ARGV[5], 'opens', ARGV[6],
  'closes', ARGV[7])
redis.call('HDEL', KEYS[1], 'fence')
if ARGV[8] == '' then redis.call('HDEL', KEYS[1], 'eligible') else redis.call('HSET', KEYS[1], 'eligible', ARGV[8]) end
return 'OPENED'
