-- KEYS: history   ARGV: epoch
local entry = redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1], 'COUNT', 1)[1]
return reply(chain(KEYS[1], entry))
