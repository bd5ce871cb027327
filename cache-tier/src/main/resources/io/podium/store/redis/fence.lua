-- Holds the token against the highest one seen, which it becomes when it is higher.
-- Answers 0 it passes, 1 it passes and there was no fence, 2 it is older: fenced.
local function fence(key, token)
  local seen = redis.call('GET', key)
  local highest = tonumber(seen or '0') or 0
  if tonumber(token) < highest then
    return 2
  end
  if tonumber(token) > highest then
    redis.call('SET', key, token)
  end
  return seen and 0 or 1
end
