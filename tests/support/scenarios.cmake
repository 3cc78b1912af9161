# Scenarios, faults, the demo and the lints as tests of ctest. A target is a module in engines/; its name begins with its
# engine's, up to a digit or `_`.
set(Python3_EXECUTABLE /usr/bin/python3)  # Debian's: its packages are what the profiles import
find_package(Python3 3.11 REQUIRED COMPONENTS Interpreter)
set(support ${CMAKE_CURRENT_LIST_DIR})
get_filename_component(tests ${support} DIRECTORY)
file(GLOB targets CONFIGURE_DEPENDS ${support}/engines/[a-z]*.py)
list(TRANSFORM targets REPLACE "^.*/([a-z0-9_]+)\\.py$" "\\1")
set(main_targets ${targets})  # one of each engine
list(FILTER main_targets INCLUDE REGEX "^[a-z]+$")
set(like_targets ${targets})
list(REMOVE_ITEM like_targets ${main_targets})

# The model of engines that are not at hand, an ODBC driver.
set(model)
if(TARGET model_driver)
    set(model ENVIRONMENT "ROOST_TEST_MODEL=$<TARGET_FILE:model_driver>")
endif()

# These play in the test's own folder, unless a server is named: then configure with its variable set.
set(alone sqlite)
foreach(target sqlserver oracle)
    string(TOUPPER "ROOST_TEST_${target}" variable)
    if(NOT DEFINED ENV{${variable}})
        list(APPEND alone ${target})
    endif()
endforeach()

# What people run: where a scenario is about thousands, and on targets that are like another one which plays it with
# sanitizers.
set(ROOST_SHIPPED ${CMAKE_SOURCE_DIR}/build/release/roost CACHE FILEPATH "the release that tests use as well")
set(sanitized $<TARGET_FILE:roost>)

# A test that plays on one target. Those on one server take turns: its roles are shared.
function(roost_target_test name target)
    add_test(NAME "${name}" COMMAND ${Python3_EXECUTABLE} -B ${ARGN})
    set_tests_properties("${name}" PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 900 ${model})
    if(NOT target IN_LIST alone)
        set_tests_properties("${name}" PROPERTIES RESOURCE_LOCK ${target})
    endif()
endfunction()

# What a file says it skips is no test at all; the table prints it, with the reason.
function(roost_scenarios title folder roost)
    file(GLOB files CONFIGURE_DEPENDS ${tests}/${folder}/*.txt)
    foreach(file ${files})
        get_filename_component(name ${file} NAME_WE)
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
        foreach(target ${ARGN})
            string(REGEX MATCH "^[a-z]+" engine ${target})
            file(STRINGS ${file} skipped REGEX "^skip ([a-z0-9_, ]*[, ])?(${engine}|${target})([, ][a-z0-9_, ]*)?: ")
            file(STRINGS ${support}/engines/${target}.py turn REGEX "^    turn = ")
            string(LENGTH ${name} parity)  # as table.py has it
            math(EXPR parity "${parity} % 2")
            if(NOT skipped AND (NOT turn OR turn STREQUAL "    turn = ${parity}"))
                roost_target_test("${title} ${target}: ${name}" ${target}
                    ${support}/scenario.py run ${target} ${roost} ${file})
            endif()
        endforeach()
    endforeach()
endfunction()

roost_scenarios(conformance conformance ${sanitized} ${main_targets})
roost_scenarios(conformance conformance ${ROOST_SHIPPED} ${like_targets})
roost_scenarios(conformance conformance/large ${ROOST_SHIPPED} ${targets})
roost_scenarios(broken cli/broken ${sanitized} ${main_targets})
roost_scenarios(golden golden ${sanitized} postgresql)
roost_scenarios(golden golden/postgresql18 ${sanitized} postgresql18)
roost_scenarios(fault fault/clear_text $<TARGET_FILE:roost-faulty> ${main_targets})
foreach(target ${targets})
    if(target MATCHES "^postgresql")
        roost_target_test("harness ${target}: the catalogue sees every change" ${target}
            ${support}/catalogue_sees.py ${target} ${sanitized})
    endif()
endforeach()
# What plan says of callback scripts, against what apply does. The stand-in reports another engine's codes, by which
# guards tell errors apart. Of PostgreSQL the oldest and the newest, here and for the faults.
set(ends ${targets})
list(REMOVE_ITEM ends postgresql16 postgresql17)
foreach(target ${ends})
    set(roost ${sanitized})
    if(target IN_LIST like_targets)
        set(roost ${ROOST_SHIPPED})
    endif()
    if(NOT target STREQUAL "oracle_standin")
        roost_target_test("agreement ${target}" ${target}
            ${support}/agreement.py play ${target} ${roost} ${CMAKE_BINARY_DIR})
    endif()
endforeach()
add_test(NAME "conformance table" COMMAND ${Python3_EXECUTABLE} -B ${support}/scenario.py table)
set_tests_properties("conformance table" PROPERTIES TIMEOUT 60 ${model})

# What is on one server stands for its kind; a stand-in adds nothing to the model here.
foreach(target ${targets})
    if(target MATCHES "^(mariadb|sqlite|postgresql|postgresql18|sqlserver|oracle)$")
        roost_target_test("import ${target}" ${target} ${support}/imports.py ${target} ${sanitized})
    endif()
    if(target MATCHES "^(mariadb|sqlite|postgresql)$")  # those whose client and dump are at hand
        roost_target_test("sql report ${target}: the script does what apply does" ${target}
            ${support}/sql_report.py ${target} ${sanitized})
    endif()
endforeach()
add_test(NAME "report schema: every report fits it"
    COMMAND ${Python3_EXECUTABLE} -B ${support}/reports_fit_schema.py ${sanitized})
set_tests_properties("report schema: every report fits it" PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 900)

# The real Flyway beside roost, on the engines whose JDBC drivers come with it.
file(GLOB flyway_tests CONFIGURE_DEPENDS ${tests}/flyway/*.py)
list(FILTER flyway_tests EXCLUDE REGEX "/flyway_project\\.py$")
foreach(file ${flyway_tests})
    get_filename_component(name ${file} NAME_WE)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    set(played mariadb postgresql sqlite)
    file(STRINGS ${file} some REGEX "^TARGETS = ")
    if(some)
        string(REGEX MATCHALL "[a-z]+" played ${some})
    endif()
    foreach(target ${played})
        roost_target_test("flyway: ${name} ${target}" ${target}
            ${file} ${target} ${sanitized})
    endforeach()
endforeach()

# Oracle's journal is killed on the stand-in, which is a real server; two at once play on the model, which has several
# databases.
foreach(target ${ends})
    if(NOT target STREQUAL "oracle")
        roost_target_test("fault ${target}: killed around each statement" ${target}
            ${tests}/fault/kill.py ${target} ${ROOST_SHIPPED} $<TARGET_FILE:roost-faulty>)
        # The longest: they start first, so that none is left alone at the end.
        set_tests_properties("fault ${target}: killed around each statement" PROPERTIES COST 100)
    endif()
    if(NOT target STREQUAL "oracle_standin")
        roost_target_test("fault ${target}: two at once in one database" ${target}
            ${tests}/fault/two_at_once.py ${target} ${sanitized} main)
        roost_target_test("fault ${target}: two at once in two databases" ${target}
            ${tests}/fault/two_at_once.py ${target} ${sanitized} other)
    endif()
endforeach()

set_property(DIRECTORY ${tests} APPEND PROPERTY TEST_INCLUDE_FILES ${support}/turns.cmake)

add_test(NAME "demo" COMMAND ${CMAKE_SOURCE_DIR}/scripts/demo)

set(unit_binaries)
get_property(built DIRECTORY ${tests} PROPERTY BUILDSYSTEM_TARGETS)
foreach(target ${built})
    if(target MATCHES "^unit_")
        list(APPEND unit_binaries $<TARGET_FILE:${target}>)
    endif()
endforeach()
add_test(NAME "lint: ctest knows every unit test"
    COMMAND ${Python3_EXECUTABLE} -B ${support}/count_unit_tests.py ${CMAKE_BINARY_DIR} ${unit_binaries})
add_test(NAME "lint: clang-format" COMMAND ${support}/check_format)
add_test(NAME "lint: every finding is documented" COMMAND ${support}/check_findings)
add_test(NAME "lint: no engine is known by name" COMMAND ${support}/check_engine_names)
