"""Papers made from the record: each is one pure function, facts in and content out."""
