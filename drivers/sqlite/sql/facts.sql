SELECT sqlite_version(), file FROM pragma_database_list WHERE name = 'main'
