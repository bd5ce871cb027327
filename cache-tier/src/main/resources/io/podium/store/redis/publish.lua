-- KEYS: listing, history, fence
-- ARGV: token, epoch, listing, t, delta or '', epoch of the delta's base, entries kept, deltas in a row
-- Answers 0 stored, 1 older, 2 fenced, 3 stored where there was no fence.
local passes = fence(KEYS[3], ARGV[1])
if passes == 2 then
  return 2
end
local epoch = tonumber(ARGV[2])
local last = newest(KEYS[2])
local current = tonumber(redis.call('HGET', KEYS[1], 'e') or '0') or 0
if current >= epoch or (last and epoch_of(last) >= epoch) then
  return 1
end
local deltas = tonumber(redis.call('HGET', KEYS[1], 'n') or '0') or 0
local id = ARGV[2] .. '-0'
if ARGV[5] ~= '' and last and epoch_of(last) == tonumber(ARGV[6]) and deltas < tonumber(ARGV[8]) then
  deltas = deltas + 1
  redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[7], id, 't', ARGV[4], 'd', ARGV[5])
else
  deltas = 0
  redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[7], id, 't', ARGV[4], 'f', ARGV[3])
end
redis.call('HSET', KEYS[1], 'e', ARGV[2], 'v', ARGV[3], 'n', deltas)
return passes == 1 and 3 or 0
