-- KEYS: announcements
-- The id of the last entry; an empty stream gets one that says nothing, so that every position is
-- an entry that can be looked up.
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
if last then
  return last[1]
end
return redis.call('XADD', KEYS[1], '*', 'k', 'begin')
