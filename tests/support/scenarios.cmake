# Scenarios, faults, the demo and the lints as tests of ctest. An engine is a module in engines/.
find_package(Python3 3.11 REQUIRED COMPONENTS Interpreter)
set(support ${CMAKE_CURRENT_LIST_DIR})
get_filename_component(tests ${support} DIRECTORY)
file(GLOB engines CONFIGURE_DEPENDS ${support}/engines/[a-z]*.py)
list(TRANSFORM engines REPLACE "^.*/([a-z]+)\\.py$" "\\1")

# A test that plays on one engine. Those on one server take turns: its roles are shared.
function(roost_engine_test name engine)
    add_test(NAME "${name}" COMMAND ${Python3_EXECUTABLE} -B ${ARGN})
    set_tests_properties("${name}" PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 900)
    if(NOT engine STREQUAL sqlite)
        set_tests_properties("${name}" PROPERTIES RESOURCE_LOCK ${engine})
    endif()
endfunction()

# What a file says it skips is no test at all; `scripts/test --table` prints it, with the reason.
function(roost_scenarios title folder binary)
    file(GLOB files CONFIGURE_DEPENDS ${tests}/${folder}/*.txt)
    foreach(file ${files})
        get_filename_component(name ${file} NAME_WE)
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
        foreach(engine ${engines})
            file(STRINGS ${file} skipped REGEX "^skip ${engine}: ")
            if(skipped)
                continue()
            endif()
            roost_engine_test("${title} ${engine}: ${name}" ${engine}
                ${support}/scenario.py run ${engine} $<TARGET_FILE:${binary}> ${file})
        endforeach()
    endforeach()
endfunction()

roost_scenarios(conformance conformance roost)
roost_scenarios(broken cli/broken roost)
roost_scenarios(fault fault/clear_text roost-faulty)
add_test(NAME "conformance table" COMMAND ${Python3_EXECUTABLE} -B ${support}/scenario.py table)

foreach(engine ${engines})
    foreach(side before after)
        roost_engine_test("fault ${engine}: killed ${side} each statement" ${engine}
            ${tests}/fault/kill.py ${engine} $<TARGET_FILE:roost> $<TARGET_FILE:roost-faulty> ${side})
    endforeach()
    roost_engine_test("fault ${engine}: two at once in one database" ${engine}
        ${tests}/fault/two_at_once.py ${engine} $<TARGET_FILE:roost> main)
    roost_engine_test("fault ${engine}: two at once in two databases" ${engine}
        ${tests}/fault/two_at_once.py ${engine} $<TARGET_FILE:roost> other)
endforeach()

set_property(DIRECTORY ${tests} APPEND PROPERTY TEST_INCLUDE_FILES ${support}/turns.cmake)

add_test(NAME "demo" COMMAND ${CMAKE_SOURCE_DIR}/scripts/demo)

set(unit_binaries)
get_property(targets DIRECTORY ${tests} PROPERTY BUILDSYSTEM_TARGETS)
foreach(target ${targets})
    if(target MATCHES "^unit_")
        list(APPEND unit_binaries $<TARGET_FILE:${target}>)
    endif()
endforeach()
add_test(NAME "lint: ctest knows every unit test"
    COMMAND ${Python3_EXECUTABLE} -B ${support}/count_unit_tests.py ${CMAKE_BINARY_DIR} ${unit_binaries})
add_test(NAME "lint: clang-format" COMMAND ${support}/check_format)
