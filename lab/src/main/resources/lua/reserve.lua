-- Checks and enqueues in one step: nothing else runs in Redis between the check and the addition.
--
-- KEYS  1 issued    hash    user -> sequence
--       2 sequence  string  the last sequence given
--       3 queue     list    JSON of accepted issues
-- ARGV  1 campaign id  2 user  3 state  4 total, or "unlimited"  5 opensAt  6 closesAt (milliseconds)
-- reply a word, and what belongs to it:
--       ALREADY sequence | PAUSED | CLOSED | NOT_OPEN | SOLD_OUT | ACCEPTED sequence milliseconds

local held = redis.call('HGET', KEYS[1], ARGV[2])
if held then
  return 'ALREADY ' .. held
end
if ARGV[3] ~= 'ACTIVE' then
  return ARGV[3]
end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if now < tonumber(ARGV[5]) then
  return 'NOT_OPEN'
end
if now >= tonumber(ARGV[6]) then
  return 'CLOSED'
end
if ARGV[4] ~= 'unlimited' and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[4]) then
  return 'SOLD_OUT'
end

local sequence = string.format('%.0f', redis.call('INCR', KEYS[2]))
local accepted = string.format('%.0f', now)
redis.call('HSET', KEYS[1], ARGV[2], sequence)
redis.call('RPUSH', KEYS[3], '{"campaignId":"' .. ARGV[1] .. '","userId":' .. cjson.encode(ARGV[2])
  .. ',"sequence":' .. sequence .. ',"acceptedAt":' .. accepted .. '}')
return 'ACCEPTED ' .. sequence .. ' ' .. accepted
