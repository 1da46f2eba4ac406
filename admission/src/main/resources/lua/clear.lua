-- Empties a fenced campaign before it is loaded.
--
-- KEYS  1 meta, 2 issued, 3 log
-- ARGV  1 the attempt's epoch
-- Reply CLEARED | LOST (the fence is another's)
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'fence')
if meta[1] ~= ARGV[1] or meta[2] ~= ARGV[1] then return 'LOST' end
redis.call('UNLINK', KEYS[2], KEYS[3])
return 'CLEARED'
