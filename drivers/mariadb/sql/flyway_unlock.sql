SELECT RELEASE_LOCK('Flyway-{hash}')
