-- Trims what the ledger has and reads what follows.
--
-- KEYS  1 meta, 2 issued, 3 log
-- ARGV  1 ledger id, 2 epoch, 3 cursor, 4 user at the cursor ('' for none), 5 users to read at least, while there are any and no more than 1,024 entries are needed
-- Reply {word} with ARCHIVED UNINITIALIZED EPOCH REBUILDING ROLLED_BACK HOLE (nothing was trimmed),
--       or {'OK', backlog, last seq, users, ms, last seq, users, ms, …}: the log's groups (reserve.lua), the first of which may begin
--       at the cursor or before it. An entry is trimmed once the ledger has all of it. The backlog counts users.
local function whole(text) return text and string.find(text, '^%d+$') and tonumber(text) end
local meta = redis.pcall('HMGET', KEYS[1], 'ledger', 'epoch', 'seq', 'drained', 'state', 'fence')
local held = redis.pcall('HLEN', KEYS[2])
local length = redis.pcall('XLEN', KEYS[3])
if meta.err or type(held) == 'table' or type(length) == 'table' then return { 'UNINITIALIZED' } end
if meta[5] == 'ARCHIVED' then return { 'ARCHIVED' } end
local seq, drained, cursor = whole(meta[3]), whole(meta[4]), tonumber(ARGV[3])
if not (meta[1] and meta[2] and meta[5] and seq and drained) then return { 'UNINITIALIZED' } end
if meta[1] ~= ARGV[1] or meta[2] ~= ARGV[2] then return { 'EPOCH' } end
if meta[6] then return { 'REBUILDING' } end
if held ~= seq or seq < cursor then return { 'ROLLED_BACK' } end
if ARGV[4] ~= '' and redis.call('HGET', KEYS[2], ARGV[4]) ~= ARGV[3] then return { 'ROLLED_BACK' } end

-- The entry that holds the next number is the first one whose last number is not below it.
local next = ARGV[2] .. '-' .. string.format('%.0f', cursor + 1)
local reply = { 'OK', seq - cursor }
local from, wanted = next, tonumber(ARGV[5])
while wanted > 0 and #reply < 2 + 3 * 1024 do
  local entries = redis.call('XRANGE', KEYS[3], from, '+', 'COUNT', 16)
  for _, entry in ipairs(entries) do
    local last, users = string.match(entry[1], '-(%d+)$'), entry[2][4]
    local _, more = string.gsub(users, ' ', ' ')
    if #reply == 2 and (string.match(entry[1], '^(%d+)-') ~= ARGV[2] or tonumber(last) - more > cursor + 1) then
      return { 'HOLE' }
    end
    reply[#reply + 1] = last
    reply[#reply + 1] = users
    reply[#reply + 1] = entry[2][2]
    wanted = wanted - more - 1
  end
  if #entries < 16 then break end
  from = '(' .. entries[16][1]
end
if #reply == 2 and seq > cursor then return { 'HOLE' } end
if cursor > drained then
  redis.call('XTRIM', KEYS[3], 'MINID', next)
  redis.call('HSET', KEYS[1], 'drained', ARGV[3])
end
return reply
