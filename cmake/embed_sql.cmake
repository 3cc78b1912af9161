# Writes the .sql files given in FILES into the header OUT, each as a string constant of namespace roost::ENGINE::sql.
set(text "// Generated from drivers/${ENGINE}/sql.\n#pragma once\n#include <string_view>\nnamespace roost::${ENGINE}::sql {\n")
foreach(file ${FILES})
    get_filename_component(name ${file} NAME_WE)
    file(READ ${file} sql)
    string(APPEND text "inline constexpr std::string_view ${name} = R\"__sql__(${sql})__sql__\";\n")
endforeach()
string(APPEND text "}  // namespace roost::${ENGINE}::sql\n")
file(WRITE ${OUT} "${text}")
