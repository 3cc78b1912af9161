# Read by ctest after the unit tests are listed: those that use servers take turns with the scenarios.
foreach(test IN LISTS unit_drivers_TESTS unit_odbc_TESTS)
    set_tests_properties("${test}" PROPERTIES RESOURCE_LOCK "postgresql;mariadb;oracle_standin")
endforeach()
