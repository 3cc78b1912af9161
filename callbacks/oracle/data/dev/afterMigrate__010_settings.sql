-- Data that depends on the environment: here the feature is announced to whoever has it.
UPDATE setting SET value = 'wet paint: ${feature} on ${flyway:environment}' WHERE name = 'banner';
INSERT INTO setting (name, value)
SELECT 'banner', 'wet paint: ${feature} on ${flyway:environment}' FROM DUAL
WHERE NOT EXISTS (SELECT 1 FROM setting WHERE name = 'banner');
