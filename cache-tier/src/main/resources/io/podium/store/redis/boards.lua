-- KEYS: boards, fence   ARGV: token, version, document
-- Answers 0 stored, 1 older, 2 fenced.
if fence(KEYS[2], ARGV[1]) == 2 then
  return 2
end
local current = tonumber(redis.call('HGET', KEYS[1], 'e') or '0') or 0
if current >= tonumber(ARGV[2]) then
  return 1
end
redis.call('HSET', KEYS[1], 'e', ARGV[2], 'v', ARGV[3])
return 0
