-- For accounts without DBMS_LOCK this row is the lock: a transaction on a session of its own holds it. `holder` is never committed.
CREATE TABLE roost.lock_row (
    id     NUMBER(1)      NOT NULL,
    holder VARCHAR2(1000),
    PRIMARY KEY (id)
)
