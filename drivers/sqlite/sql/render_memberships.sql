-- Gives each role in `roost_whole` the members that `roost_listed` has for it, and no others. A role whose feature needs a later schema version is on
-- for nobody. admin and inherit are the options of a membership; NULL leaves one as it is.
DROP TABLE IF EXISTS temp.roost_whole;
CREATE TEMP TABLE roost_whole (role TEXT, is_on INTEGER);
INSERT INTO roost_whole (role, is_on) VALUES
    {whole};

DROP TABLE IF EXISTS temp.roost_listed;
CREATE TEMP TABLE roost_listed (role TEXT, member TEXT, admin INTEGER, inherit INTEGER);
INSERT INTO roost_listed (role, member, admin, inherit) VALUES
    {listed};
DELETE FROM roost_listed WHERE role IS NULL OR role IN (SELECT w.role FROM roost_whole w WHERE w.is_on = 0);

-- Who is missing is an error, or passed over. A trigger's error would name nobody; what is no JSON path is named by the error that it is.
DELETE FROM roost_listed
WHERE CASE WHEN EXISTS (SELECT 1 FROM main.roost_role r WHERE r.name = roost_listed.member) THEN 0
           WHEN {missing_is_error} THEN json_extract('{}', 'no user or role ' || member)
           ELSE 1 END;

INSERT INTO main.roost_role_member (role, member, admin, inherit)
SELECT l.role, l.member, l.admin, COALESCE(l.inherit, 1)
FROM roost_listed l
WHERE NOT EXISTS (SELECT 1 FROM main.roost_role_member m WHERE m.role = l.role AND m.member = l.member)
ORDER BY l.role, l.member;

UPDATE main.roost_role_member AS m
SET admin = l.admin, inherit = COALESCE(l.inherit, m.inherit)
FROM roost_listed l
WHERE l.role = m.role AND l.member = m.member AND (l.admin <> m.admin OR l.inherit <> m.inherit);

DELETE FROM main.roost_role_member
WHERE role IN (SELECT w.role FROM roost_whole w)
  AND NOT EXISTS (SELECT 1 FROM roost_listed l WHERE l.role = roost_role_member.role AND l.member = roost_role_member.member);

DROP TABLE temp.roost_listed;
DROP TABLE temp.roost_whole;
