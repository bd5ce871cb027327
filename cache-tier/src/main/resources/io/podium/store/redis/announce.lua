-- KEYS: announcements   ARGV: entries kept, then of each announcement kind, name, version
-- All in one step: who waits for the first reads them together.
for i = 2, #ARGV, 3 do
  redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*',
      'k', ARGV[i], 'n', ARGV[i + 1], 'v', ARGV[i + 2])
end
return (#ARGV - 1) / 3
