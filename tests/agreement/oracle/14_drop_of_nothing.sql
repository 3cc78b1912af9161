DROP ROLE never_was;
