GRANT hr TO bob;
