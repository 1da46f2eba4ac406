-- Archives a campaign: from here the ledger alone knows its holders. Archived again, it deletes what came back.
-- Once the ledger knows it, Redis' keys prove nothing more, whatever an older copy of them says.
--
-- KEYS  1 meta, 2 issued, 3 log
-- ARGV  1 ledger id, 2 epoch, 3 version, 4 the ledger's rows and settled failures, which are 1 to this number; '' if the ledger has archived it
-- Reply ARCHIVED | or, with nothing changed, UNINITIALIZED | EPOCH | REBUILDING | NEWER (or older: another version) |
--       NOT_CLOSED | ROLLED_BACK | UNDRAINED
local function whole(text) return text and string.find(text, '^%d+$') and tonumber(text) end
local meta = redis.pcall('HMGET', KEYS[1], 'ledger', 'epoch', 'version', 'seq', 'state', 'closes', 'fence')
local held = redis.pcall('HLEN', KEYS[2])
local newest = redis.pcall('XREVRANGE', KEYS[3], '+', '-', 'COUNT', 1)
if ARGV[4] == '' then
  if meta.err then redis.call('UNLINK', KEYS[1]) end
elseif meta.err then
  return 'UNINITIALIZED'
elseif meta[5] ~= 'ARCHIVED' then
  local seq, closes = whole(meta[4]), whole(meta[6])
  if not (meta[1] and meta[2] and meta[3] and meta[5] and seq and closes) or type(held) == 'table' or newest.err then
    return 'UNINITIALIZED'
  end
  if meta[1] ~= ARGV[1] or meta[2] ~= ARGV[2] then return 'EPOCH' end
  if meta[7] then return 'REBUILDING' end
  if meta[3] ~= ARGV[3] then return 'NEWER' end
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  if meta[5] ~= 'CLOSED' and now < closes then return 'NOT_CLOSED' end
  local settled = tonumber(ARGV[4])
  if held ~= seq or seq < settled then return 'ROLLED_BACK' end
  local last = newest[1] and whole(string.match(newest[1][1], '-(%d+)$')) or 0
  if seq > settled or last > settled then return 'UNDRAINED' end
end
redis.call('HSET', KEYS[1], 'state', 'ARCHIVED')
redis.call('UNLINK', KEYS[2], KEYS[3])
return 'ARCHIVED'
