-- Fences a campaign for one attempt to resync: from here no node is accepted and no older attempt can write.
--
-- KEYS  1 meta, 2 issued, 3 log
-- ARGV  1 ledger id, 2 the attempt's epoch
-- Reply FENCED | NEWER (another attempt is ahead) | ARCHIVED
local function is(key, kind)
  local found = redis.call('TYPE', key).ok
  return found == kind or found == 'none'
end
if not is(KEYS[1], 'hash') then redis.call('UNLINK', KEYS[1]) end
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'state')
if meta[2] == 'ARCHIVED' then return 'ARCHIVED' end
-- An epoch that no attempt can have had is damage: it must not keep all attempts out.
local held = string.match(meta[1] or '', '^%d+$')
if held and #held <= 15 and tonumber(held) > tonumber(ARGV[2]) then return 'NEWER' end
-- Nothing can be read from a key of another type.
if not is(KEYS[2], 'hash') then redis.call('UNLINK', KEYS[2]) end
if not is(KEYS[3], 'stream') then redis.call('UNLINK', KEYS[3]) end
redis.call('HSET', KEYS[1], 'ledger', ARGV[1], 'epoch', ARGV[2], 'fence', ARGV[2])
local absent = { version = '0', total = '0', seq = '0', drained = '0', state = 'PAUSED', opens = '0', closes = '0' }
for field, value in pairs(absent) do redis.call('HSETNX', KEYS[1], field, value) end
return 'FENCED'
