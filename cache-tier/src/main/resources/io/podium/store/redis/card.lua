-- KEYS: card   ARGV: SHA-1 of the bytes that were read ('' when there were none), new bytes
-- Answers 1 when they were replaced, 0 when another writer was faster.
local current = redis.call('GET', KEYS[1])
local digest = current and redis.sha1hex(current) or ''
if digest ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[2])
return 1
