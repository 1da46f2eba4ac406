-- Decides for a group of users who gets a coupon, numbers them, and logs them: the one decision in first-come order.
--
-- KEYS  1 meta (hash), 2 issued (hash user -> seq), 3 log (stream)
-- ARGV  1 ledger id, 2 epoch, 3 witness user ('' for none), 4 witness seq, 5 max backlog,
--       6 the mark of the eligibility that the node knows (16 characters), then + (meets it) or - for each user; '' if all may,
--       7.. users in order of arrival
-- Reply one string, words parted by spaces:
--   ARCHIVED | UNINITIALIZED | EPOCH | REBUILDING | ROLLED_BACK                    nobody was decided, nothing was written
--   OK <version> <now ms> <opens ms> <last>  then one word a user:
--   + (accepted, with the number after <last>, after the one before it …) | <seq> (has that one already) |
--   PAUSED CLOSED NOT_OPEN SOLD_OUT BACKLOG_FULL REBUILDING NOT_ELIGIBLE
--
-- A node that knows another eligibility than Redis holds does not know who may get one: nobody new is accepted from it.
--
-- The log's entry is a group: its id is <epoch>-<last seq>, t the time in ms, u its users in the order of their numbers, parted
-- by spaces, which no user id holds. The log holds the numbers above `drained`, as far as it was trimmed (drain_read.lua).
--
-- Lua does not roll back: all checks that can fail come before the first write, and XADD is the first write.
local function whole(text) return text and string.find(text, '^%d+$') and tonumber(text) end
local states = { OPEN = true, PAUSED = true, CLOSED = true }
local meta = redis.pcall('HMGET', KEYS[1], 'ledger', 'epoch', 'version', 'total', 'seq', 'state', 'opens', 'closes', 'drained',
  'fence', 'widened', 'eligible')
local held = redis.pcall('HLEN', KEYS[2])
local entries = redis.pcall('XLEN', KEYS[3])
if meta.err or type(held) == 'table' or type(entries) == 'table' then return 'UNINITIALIZED' end
local state = meta[6]
if state == 'ARCHIVED' then return 'ARCHIVED' end
local version, seq, opens, closes, drained = whole(meta[3]), whole(meta[5]), whole(meta[7]), whole(meta[8]), whole(meta[9])
local total = meta[4] == 'unlimited' and math.huge or whole(meta[4])
if not (meta[1] and meta[2] and states[state] and version and total and seq and opens and closes and drained) then
  return 'UNINITIALIZED'
end
if meta[1] ~= ARGV[1] or meta[2] ~= ARGV[2] then return 'EPOCH' end
if meta[10] then return 'REBUILDING' end
if held ~= seq then return 'ROLLED_BACK' end
local known = redis.call('HMGET', KEYS[2], ARGV[3], unpack(ARGV, 7))
if ARGV[3] ~= '' and known[1] ~= ARGV[4] then return 'ROLLED_BACK' end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local stamp = string.format('%.0f', now)
-- Until no node repeats a refusal of before (configure.lua). A clock that was set ends it early, never late.
local widened = whole(meta[11])
local resting = widened and now >= widened and now - widened < 1000

-- What is said to whoever asks now and holds none, and how many may still get one.
local same = (meta[12] or '') == string.sub(ARGV[6], 1, 16)
local checked = same and meta[12]
local refusal
if state ~= 'OPEN' then refusal = state
elseif seq == 0 and now < opens then refusal = 'NOT_OPEN'
elseif now >= closes then refusal = 'CLOSED'
elseif not same then refusal = 'REBUILDING' end
local left = total - seq
local room = resting and 0 or tonumber(ARGV[5]) - (seq - drained)

local n = 0
local words, group, numbers, mine = { 'OK', meta[3], stamp, meta[7], meta[5] }, {}, {}, {}
for i = 7, #ARGV do
  local user = ARGV[i]
  local word = known[i - 5] or mine[user]
  if not word then
    word = checked and string.sub(ARGV[6], i + 10, i + 10) ~= '+' and 'NOT_ELIGIBLE' or refusal
  end
  if not word then
    if left <= 0 then
      word = 'SOLD_OUT'
    elseif room <= 0 then
      word = resting and 'REBUILDING' or 'BACKLOG_FULL'
    else
      seq, left, room = seq + 1, left - 1, room - 1
      local number = string.format('%d', seq)
      mine[user] = number
      n = n + 1
      group[n] = user
      numbers[2 * n - 1] = user
      numbers[2 * n] = number
      word = '+'
    end
  end
  words[i - 1] = word
end
if n > 0 then
  local last = numbers[2 * n]
  redis.call('XADD', KEYS[3], meta[2] .. '-' .. last, 't', stamp, 'u', table.concat(group, ' '))
  redis.call('HSET', KEYS[2], unpack(numbers))
  redis.call('HSET', KEYS[1], 'seq', last)
end
return table.concat(words, ' ')
