-- Data that depends on the environment: here the feature is announced to whoever has it.
DELETE FROM dbo.setting WHERE name = N'banner';
INSERT INTO dbo.setting (name, value) VALUES (N'banner', N'wet paint: ${feature} on ${flyway:environment}');
GO
