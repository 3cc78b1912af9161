-- The lock of the session that a run sends by. A statement goes on in the server after its client was killed, and so does this lock, while that of
-- lock.sql, of a session that was idle, is gone. 1: taken; 0: another has it. Parameter: how many seconds to wait.
SELECT GET_LOCK('roost.run', ?)
