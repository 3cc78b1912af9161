INSERT OR IGNORE INTO roost_role_member (role, member) VALUES ('hr', 'bob');
