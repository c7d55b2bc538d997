# embed_files(<source> <group> <folder> <extension> ...): writes the folders' files into one
# C++ source, in order of name,
# each group as the function embedded_files("<group>") of embedded_files.h.
function(embed_files source)
    set(rows "")
    set(rest ${ARGN})
    while(rest)
        list(POP_FRONT rest group folder extension)
        file(GLOB files CONFIGURE_DEPENDS ${folder}/*.${extension})
        list(SORT files)
        foreach(path IN LISTS files)
            get_filename_component(file ${path} NAME)
            set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
            file(READ ${path} text)
            string(APPEND rows
                "    EmbeddedFile{\"${group}\", \"${file}\", R\"embedded(${text})embedded\"},\n")
        endforeach()
    endwhile()

    set(text "// Made at configure time: see src/definition/embed_files.cmake.
#include \"definition/embedded_files.h\"

namespace fazhi::definition {

std::span<const EmbeddedFile> embedded_files() {
    static const EmbeddedFile kFiles[] = {
${rows}    };
    return kFiles;
}

}  // namespace fazhi::definition
")
    set(before "")
    if(EXISTS ${source})
        file(READ ${source} before)
    endif()
    if(NOT text STREQUAL before)
        file(WRITE ${source} "${text}")
    endif()
endfunction()
