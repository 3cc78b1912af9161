-- The lock, and those that spell the name of its holder.
SELECT RELEASE_ALL_LOCKS()
