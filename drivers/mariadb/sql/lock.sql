-- One lock for the whole server, as roles are. 1: taken; 0: another has it. Parameter: how many seconds to wait.
SELECT GET_LOCK('roost', ?)
