-- How the session stands. now() is the start of the transaction and does not change within it.
SELECT session_user, current_user, current_setting('search_path'), current_setting('standard_conforming_strings'),
       current_setting('client_encoding'), current_setting('session_replication_role'),
       extract(epoch FROM now())::text AS transaction
