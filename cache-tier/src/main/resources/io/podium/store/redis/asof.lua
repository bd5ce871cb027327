-- KEYS: history   ARGV: moment in microseconds
return reply(chain(KEYS[1], last_as_of(KEYS[1], tonumber(ARGV[1]))))
