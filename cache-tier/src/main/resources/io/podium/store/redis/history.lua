-- A listing's history is a stream whose entry ids are epochs. An entry holds t (shownFrom in
-- microseconds) and either f, a whole listing, or d, the difference from the entry before it.

local function epoch_of(entry)
  return tonumber(string.match(entry[1], '^%d+'))
end

local function field(entry, name)
  for i = 1, #entry[2], 2 do
    if entry[2][i] == name then
      return entry[2][i + 1]
    end
  end
  return nil
end

local function newest(history)
  return redis.call('XREVRANGE', history, '+', '-', 'COUNT', 1)[1]
end

-- The entry and those before it that it builds upon, newest first, the last one a whole listing;
-- empty when that one is not there any more.
local function chain(history, entry)
  local links = {}
  while entry do
    links[#links + 1] = entry
    if field(entry, 'f') then
      return links
    end
    entry = redis.call('XREVRANGE', history, '(' .. entry[1], '-', 'COUNT', 1)[1]
  end
  return {}
end

-- The last entry with t <= moment, by bisection: t does not go down from epoch to epoch.
local function last_as_of(history, moment)
  local best = newest(history)
  if not best or tonumber(field(best, 't')) <= moment then
    return best
  end
  local above = epoch_of(best)
  best = redis.call('XRANGE', history, '-', '+', 'COUNT', 1)[1]
  if tonumber(field(best, 't')) > moment then
    return nil
  end
  local below = epoch_of(best)
  while above - below > 1 do
    local middle = math.floor((below + above) / 2)
    local id = string.format('%.0f', middle)
    local entry = redis.call('XREVRANGE', history, id, '-', 'COUNT', 1)[1]
    if tonumber(field(entry, 't')) <= moment then
      best = entry
      below = middle
    else
      above = epoch_of(entry)
    end
  end
  return best
end

-- Flat: f or d, bytes, f or d, bytes, ...
local function reply(links)
  local out = {}
  for _, entry in ipairs(links) do
    local full = field(entry, 'f')
    out[#out + 1] = full and 'f' or 'd'
    out[#out + 1] = full or field(entry, 'd')
  end
  return out
end
