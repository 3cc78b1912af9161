-- Which server this is, and by which cipher it is spoken to: empty is clear text.
SELECT VERSION(),
       COALESCE((SELECT s.VARIABLE_VALUE FROM information_schema.SESSION_STATUS s WHERE s.VARIABLE_NAME = 'SSL_CIPHER'), '')
