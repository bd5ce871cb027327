-- KEYS: history   ARGV: epoch, limit
-- The entries after the epoch, oldest first; before them, oldest first, what the first builds upon.
-- Answers: number of entries that are only there to be built upon, then the entries.
local entries = redis.call('XRANGE', KEYS[1], '(' .. ARGV[1], '+', 'COUNT', ARGV[2])
-- Entries whose whole listing was trimmed away cannot be read any more.
local links = chain(KEYS[1], entries[1])
while entries[1] and #links == 0 do
  table.remove(entries, 1)
  links = chain(KEYS[1], entries[1])
end
local ordered = {}
for i = #links, 2, -1 do
  ordered[#ordered + 1] = links[i]
end
for _, entry in ipairs(entries) do
  ordered[#ordered + 1] = entry
end
local out = reply(ordered)
table.insert(out, 1, tostring(math.max(#links - 1, 0)))
return out
