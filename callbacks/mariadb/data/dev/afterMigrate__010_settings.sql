-- Data that depends on the environment: here the feature is announced to whoever has it.
INSERT INTO setting (name, value) VALUES ('banner', 'wet paint: ${feature} on ${flyway:environment}')
ON DUPLICATE KEY UPDATE value = VALUES(value);
