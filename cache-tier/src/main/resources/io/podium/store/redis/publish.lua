-- KEYS: of each listing: listing, history, fence
-- ARGV: token, entries kept, deltas in a row; of each listing: epoch, listing, t, delta or '', epoch
-- of the delta's base
-- Answers for each 0 stored, 1 older, 2 fenced, 3 stored where there was no fence, or what failed.
local function publish(listing, history, fenced, epoch, whole, t, delta, base)
  local passes = fence(fenced, ARGV[1])
  if passes == 2 then
    return 2
  end
  local number = tonumber(epoch)
  local last = newest(history)
  local known = redis.call('HMGET', listing, 'e', 'n')
  local current = tonumber(known[1] or '0') or 0
  if current >= number or (last and epoch_of(last) >= number) then
    return 1
  end
  local deltas = tonumber(known[2] or '0') or 0
  local id = epoch .. '-0'
  if delta ~= '' and last and epoch_of(last) == tonumber(base) and deltas < tonumber(ARGV[3]) then
    deltas = deltas + 1
    redis.call('XADD', history, 'MAXLEN', '~', ARGV[2], id, 't', t, 'd', delta)
  else
    deltas = 0
    redis.call('XADD', history, 'MAXLEN', '~', ARGV[2], id, 't', t, 'f', whole)
  end
  redis.call('HSET', listing, 'e', epoch, 'v', whole, 'n', deltas)
  return passes == 1 and 3 or 0
end

local answers = {}
for i = 1, #KEYS / 3 do
  local k, a = 3 * i - 2, 5 * i - 1
  local done, answer = pcall(publish, KEYS[k], KEYS[k + 1], KEYS[k + 2], ARGV[a], ARGV[a + 1],
      ARGV[a + 2], ARGV[a + 3], ARGV[a + 4])
  -- What one listing meets is no matter of the others.
  answers[i] = done and answer or (type(answer) == 'table' and answer.err or tostring(answer))
end
return answers
