-- KEYS: fence   ARGV: token
return fence(KEYS[1], ARGV[1])
