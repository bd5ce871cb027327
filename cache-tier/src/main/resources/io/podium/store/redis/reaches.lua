-- KEYS: announcements   ARGV: the id of an entry
-- 1 when that entry is there, else 0. The entry itself stays here: this is asked twice a read.
return #redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1])
