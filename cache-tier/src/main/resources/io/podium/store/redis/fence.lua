-- Whether the token is older than the highest one seen, which it becomes otherwise.
local function fenced(key, token)
  local highest = tonumber(redis.call('GET', key) or '0') or 0
  if tonumber(token) < highest then
    return true
  end
  if tonumber(token) > highest then
    redis.call('SET', key, token)
  end
  return false
end
