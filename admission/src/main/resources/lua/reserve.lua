-- Decides for a group of users who gets a coupon, numbers them, and logs them: the one decision in first-come order.
--
-- KEYS  1 meta (hash), 2 issued (hash user -> seq), 3 log (stream)
-- ARGV  1 ledger id, 2 epoch, 3 witness user ('' for none), 4 witness seq, 5 max backlog, 6.. users in order of arrival
-- Reply one string, words parted by spaces:
--   ARCHIVED | UNINITIALIZED | EPOCH | REBUILDING | ROLLED_BACK                    nobody was decided, nothing was written
--   OK <version> <now ms> <opens ms>  then per user  <word> <seq>, the word one of
--   ALREADY ACCEPTED | PAUSED CLOSED NOT_OPEN SOLD_OUT BACKLOG_FULL REBUILDING (seq 0)
--
-- Lua does not roll back: all checks that can fail come before the first write, and XADD is the first write.
local function whole(text) return text and string.find(text, '^%d+$') and tonumber(text) end
local states = { OPEN = true, PAUSED = true, CLOSED = true }
local meta = redis.pcall('HMGET', KEYS[1], 'ledger', 'epoch', 'version', 'total', 'seq', 'state', 'opens', 'closes', 'fence',
  'widened')
local held = redis.pcall('HLEN', KEYS[2])
local backlog = redis.pcall('XLEN', KEYS[3])
if meta.err or type(held) == 'table' or type(backlog) == 'table' then return 'UNINITIALIZED' end
local state = meta[6]
if state == 'ARCHIVED' then return 'ARCHIVED' end
local version, seq, opens, closes = whole(meta[3]), whole(meta[5]), whole(meta[7]), whole(meta[8])
local total = meta[4] == 'unlimited' and math.huge or whole(meta[4])
if not (meta[1] and meta[2] and states[state] and version and total and seq and opens and closes) then return 'UNINITIALIZED' end
if meta[1] ~= ARGV[1] or meta[2] ~= ARGV[2] then return 'EPOCH' end
if meta[9] then return 'REBUILDING' end
if held ~= seq then return 'ROLLED_BACK' end
if ARGV[3] ~= '' and redis.call('HGET', KEYS[2], ARGV[3]) ~= ARGV[4] then return 'ROLLED_BACK' end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local stamp = string.format('%.0f', now)
-- Until no node repeats a refusal of before (configure.lua). A clock that was set ends it early, never late.
local widened = whole(meta[10])
local resting = widened and now >= widened and now - widened < 1000
local room = tonumber(ARGV[5]) - backlog
local first = seq
local reply = { 'OK', meta[3], stamp, meta[7] }
for i = 6, #ARGV do
  local user = ARGV[i]
  local known = redis.call('HGET', KEYS[2], user)
  local word, number = nil, '0'
  if known then
    word, number = 'ALREADY', known
  elseif state ~= 'OPEN' then
    word = state
  elseif seq == 0 and now < opens then
    word = 'NOT_OPEN'
  elseif now >= closes then
    word = 'CLOSED'
  elseif seq >= total then
    word = 'SOLD_OUT'
  elseif room <= 0 then
    word = 'BACKLOG_FULL'
  elseif resting then
    word = 'REBUILDING'
  else
    word, number = 'ACCEPTED', string.format('%.0f', seq + 1)
    redis.call('XADD', KEYS[3], meta[2] .. '-' .. number, 'u', user, 't', stamp)
    redis.call('HSET', KEYS[2], user, number)
    seq = seq + 1
    room = room - 1
  end
  reply[#reply + 1] = word
  reply[#reply + 1] = number
end
if seq ~= first then redis.call('HSET', KEYS[1], 'seq', string.format('%.0f', seq)) end
return table.concat(reply, ' ')
