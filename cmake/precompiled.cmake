# precompiled(<name> <header>...)
#
# What most files of several rooms include is compiled once, for all of them: room(… PRECOMPILED
# <name>). It says nothing about what a file may include (tools/check_layers.py reads the files),
# and a file still names all it uses: the presets release, bench and fuzz compile without.
option(FAZHI_PRECOMPILED "Compile what most files include once" OFF)

function(precompiled name)
    if(NOT FAZHI_PRECOMPILED)
        return()
    endif()
    set(source ${PROJECT_BINARY_DIR}/${name}.cpp)
    file(CONFIGURE OUTPUT ${source} CONTENT "// Stands for what is precompiled.\n")
    add_library(${name} OBJECT ${source})
    # What our own headers include: SQLite and libpq never, those stay in storage/.
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(${name} PRIVATE fazhi_options fmt::fmt)
    target_precompile_headers(${name} PRIVATE ${ARGN})
    target_compile_options(${name} PRIVATE -fpch-preprocess)  # so that ccache can keep it
endfunction()

function(use_precompiled target name)
    if(NOT FAZHI_PRECOMPILED OR NOT name)
        return()
    endif()
    target_precompile_headers(${target} REUSE_FROM ${name})
    target_compile_options(${target} PRIVATE -fpch-preprocess)
endfunction()

set(every_room
    <algorithm> <array> <charconv> <chrono> <filesystem> <fstream> <functional> <map> <memory>
    <mutex> <optional> <set> <span> <string> <string_view> <thread> <unordered_map> <utility>
    <variant> <vector>
    <fmt/format.h>
    <base/invariant.h> <base/result.h> <base/value.h>)
set(with_definitions ${every_room} <definition/definition_set.h> <storage/connection.h>)

precompiled(common ${every_room})
precompiled(definitions ${with_definitions})
precompiled(workplace ${with_definitions} <action/workplace.h>)
