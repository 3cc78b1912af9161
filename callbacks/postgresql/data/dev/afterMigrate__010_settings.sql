-- Data that depends on the environment: here the feature is announced to whoever has it.
INSERT INTO setting (name, value) VALUES ('banner', 'wet paint: ${feature} on ${flyway:environment}')
ON CONFLICT (name) DO UPDATE SET value = excluded.value;
