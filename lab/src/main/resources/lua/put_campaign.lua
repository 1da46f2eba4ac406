-- Caches a campaign's facts, unless a newer version is there: whoever comes late changes nothing.
--
-- KEYS  1 facts  hash  campaign (JSON), version, issued
-- ARGV  1 version  2 campaign as JSON
-- reply 1 when written, else 0

local version = redis.call('HGET', KEYS[1], 'version')
if version and tonumber(version) >= tonumber(ARGV[1]) then
  return 0
end
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'campaign', ARGV[2])
return 1
