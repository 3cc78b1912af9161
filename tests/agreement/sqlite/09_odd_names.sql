-- roost: touches = "it's; DROP TABLE roost_role"
INSERT INTO "roost_role" ([name]) VALUES ('it''s; DROP TABLE roost_role');
INSERT INTO main.roost_role_member (member, role) VALUES ('alice', 'it''s; DROP TABLE roost_role');
