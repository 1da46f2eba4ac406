-- Trims what the ledger has and reads what follows.
--
-- KEYS  1 meta, 2 issued, 3 log
-- ARGV  1 ledger id, 2 epoch, 3 cursor, 4 user at the cursor ('' for none), 5 max entries
-- Reply {word} with ARCHIVED UNINITIALIZED EPOCH REBUILDING ROLLED_BACK HOLE (nothing was trimmed),
--       or {'OK', backlog, seq, user, ms, seq, user, ms, …}
local function whole(text) return text and string.find(text, '^%d+$') and tonumber(text) end
local meta = redis.pcall('HMGET', KEYS[1], 'ledger', 'epoch', 'seq', 'state', 'fence')
local held = redis.pcall('HLEN', KEYS[2])
local length = redis.pcall('XLEN', KEYS[3])
if meta.err or type(held) == 'table' or type(length) == 'table' then return { 'UNINITIALIZED' } end
if meta[4] == 'ARCHIVED' then return { 'ARCHIVED' } end
local seq, cursor = whole(meta[3]), tonumber(ARGV[3])
if not (meta[1] and meta[2] and meta[4] and seq) then return { 'UNINITIALIZED' } end
if meta[1] ~= ARGV[1] or meta[2] ~= ARGV[2] then return { 'EPOCH' } end
if meta[5] then return { 'REBUILDING' } end
if held ~= seq or seq < cursor then return { 'ROLLED_BACK' } end
if ARGV[4] ~= '' and redis.call('HGET', KEYS[2], ARGV[4]) ~= ARGV[3] then return { 'ROLLED_BACK' } end

local from = ARGV[2] .. '-' .. string.format('%.0f', cursor + 1)
local entries = redis.call('XRANGE', KEYS[3], from, '+', 'COUNT', ARGV[5])
if #entries == 0 and seq > cursor then return { 'HOLE' } end
if #entries > 0 and entries[1][1] ~= from then return { 'HOLE' } end
redis.call('XTRIM', KEYS[3], 'MINID', from)
local reply = { 'OK', redis.call('XLEN', KEYS[3]) }
for _, entry in ipairs(entries) do
  reply[#reply + 1] = string.match(entry[1], '-(%d+)$')
  reply[#reply + 1] = entry[2][2]
  reply[#reply + 1] = entry[2][4]
end
return reply
