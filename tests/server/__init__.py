"""A store on a PostgreSQL server, for those tests that need one."""
