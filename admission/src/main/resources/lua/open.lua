-- Opens a fenced and loaded campaign.
--
-- KEYS  1 meta, 2 issued
-- ARGV  1 the attempt's epoch, 2 last sequence, 3 version, 4 total, 5 state, 6 opens ms, 7 closes ms
-- Reply OPENED | LOST (the fence is another's, or other than `last` holders are loaded)
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'fence', 'version')
if meta[1] ~= ARGV[1] or meta[2] ~= ARGV[1] then return 'LOST' end
if redis.call('HLEN', KEYS[2]) ~= tonumber(ARGV[2]) then return 'LOST' end
redis.call('HSET', KEYS[1], 'seq', ARGV[2])
if tonumber(ARGV[3]) > (tonumber(meta[3]) or 0) then
  redis.call('HSET', KEYS[1], 'version', ARGV[3], 'total', ARGV[4], 'state', ARGV[5], 'opens', ARGV[6], 'closes', ARGV[7])
end
redis.call('HDEL', KEYS[1], 'fence')
return 'OPENED'
