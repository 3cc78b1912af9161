-- The least rights that roost needs on this engine, and who gives them.
CREATE SCHEMA roost AUTHORIZATION roost_runner;
