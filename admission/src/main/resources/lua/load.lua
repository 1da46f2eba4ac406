-- Loads holders into a fenced campaign.
--
-- KEYS  1 meta, 2 issued
-- ARGV  1 the attempt's epoch, then user, seq, user, seq, …
-- Reply LOADED | LOST (the fence is another's)
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'fence')
if meta[1] ~= ARGV[1] or meta[2] ~= ARGV[1] then return 'LOST' end
for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
return 'LOADED'
