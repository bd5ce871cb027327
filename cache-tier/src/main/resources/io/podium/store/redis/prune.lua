-- KEYS: history   ARGV: moment in microseconds, epoch
-- Drops what lies before the moment and was replaced before the epoch was numbered, but keeps the
-- newest entry and whatever a kept one builds upon.
local last = last_as_of(KEYS[1], tonumber(ARGV[1]) - 1)
local current = redis.call('XREVRANGE', KEYS[1], ARGV[2], '-', 'COUNT', 1)[1]
if not last or not current then
  return 0
end
local kept = redis.call('XRANGE', KEYS[1], '(' .. last[1], '+', 'COUNT', 1)[1] or last
if epoch_of(current) < epoch_of(kept) then
  kept = current
end
local links = chain(KEYS[1], kept)
if #links == 0 then
  return 0
end
return redis.call('XTRIM', KEYS[1], 'MINID', '=', links[#links][1])
