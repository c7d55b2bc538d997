# embed_migrations(<folder> <source>): writes the folder's NNNN_what.sql into one C++ source, in
# order. Where NNNN_what.postgresql.sql exists, PostgreSQL runs that one instead. Two files of one
# number are an error; a gap is a warning (somebody may be writing it)
# and a failing test of the room.
function(embed_migrations folder source)
    file(GLOB files CONFIGURE_DEPENDS ${folder}/*.sql)
    list(FILTER files EXCLUDE REGEX "\\.postgresql\\.sql$")
    list(SORT files)
    set(rows "")
    set(last 0)
    foreach(path IN LISTS files)
        get_filename_component(file ${path} NAME)
        if(NOT file MATCHES "^([0-9][0-9][0-9][0-9])_([a-z0-9_]+)\\.sql$")
            message(FATAL_ERROR "${path} is not named NNNN_what.sql")
        endif()
        set(name ${CMAKE_MATCH_2})
        string(REGEX REPLACE "^0+" "" number ${CMAKE_MATCH_1})
        math(EXPR expected "${last} + 1")
        if(number EQUAL last)
            message(FATAL_ERROR "two migrations are numbered ${number}: ${path} is one")
        elseif(NOT number EQUAL expected)
            message(WARNING "migration ${expected} is missing before ${file}")
        endif()
        set(last ${number})

        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
        file(READ ${path} sql)
        string(REGEX REPLACE "\\.sql$" ".postgresql.sql" twin ${path})
        set(twin_sql "")
        if(EXISTS ${twin})
            set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${twin})
            file(READ ${twin} twin_sql)
        endif()
        string(APPEND rows
            "    Migration{${number}, \"${name}\", R\"migration(${sql})migration\",\n"
            "              R\"migration(${twin_sql})migration\"},\n")
    endforeach()

    set(text "// Made at configure time from src/storage/migrations.
#include \"storage/migrations.h\"

#include <vector>

namespace fazhi::storage {

std::span<const Migration> embedded_migrations() {
    static const std::vector<Migration> kMigrations = {
${rows}    };
    return kMigrations;
}

}  // namespace fazhi::storage
")
    set(before "")
    if(EXISTS ${source})
        file(READ ${source} before)
    endif()
    if(NOT text STREQUAL before)
        file(WRITE ${source} "${text}")
    endif()
endfunction()
