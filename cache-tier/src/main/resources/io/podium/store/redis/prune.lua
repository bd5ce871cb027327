-- KEYS: history   ARGV: moment in microseconds
-- Drops what lies before the moment, but keeps the newest entry and whatever a kept one builds upon.
local last = last_as_of(KEYS[1], tonumber(ARGV[1]) - 1)
if not last then
  return 0
end
local kept = redis.call('XRANGE', KEYS[1], '(' .. last[1], '+', 'COUNT', 1)[1] or last
local links = chain(KEYS[1], kept)
if #links == 0 then
  return 0
end
return redis.call('XTRIM', KEYS[1], 'MINID', '=', links[#links][1])
