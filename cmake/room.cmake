# room(<name> FLOOR n [DEPENDS room...] [LIBRARIES target...] [PRECOMPILED name])
#
# Makes the static library `<name>` from the folder's *.cpp and, where the folder holds *_test.cpp,
# the test program `<name>_test`, registered with CTest. testing/*.cpp becomes `<name>_testing`, for
# this room's tests and those of the rooms above. Each *_fuzz.cpp becomes the program `fuzz_*`
# (FAZHI_FUZZ, clang only). DEPENDS are the room's arrows: tools/check_layers.py reads the same
# call. LIBRARIES are third-party targets. PRECOMPILED: see precompiled.cmake.
option(FAZHI_FUZZ "Build the fuzz targets" OFF)

function(room name)
    cmake_parse_arguments(ROOM "" "FLOOR;PRECOMPILED" "DEPENDS;LIBRARIES" ${ARGN})

    file(GLOB sources CONFIGURE_DEPENDS *.cpp)
    set(tests ${sources})
    set(fuzzers ${sources})
    list(FILTER sources EXCLUDE REGEX "_(test|fuzz)\\.cpp$")
    list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
    list(FILTER fuzzers INCLUDE REGEX "_fuzz\\.cpp$")
    file(GLOB fixtures CONFIGURE_DEPENDS testing/*.cpp)

    add_library(${name} STATIC ${sources})
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(${name} PUBLIC ${ROOM_DEPENDS} ${ROOM_LIBRARIES} fazhi_options)
    use_precompiled(${name} "${ROOM_PRECOMPILED}")

    if(fixtures AND BUILD_TESTING)
        add_library(${name}_testing STATIC ${fixtures})
        target_link_libraries(${name}_testing PUBLIC ${name})
        use_precompiled(${name}_testing "${ROOM_PRECOMPILED}")
        foreach(dependency ${ROOM_DEPENDS})
            if(TARGET ${dependency}_testing)
                target_link_libraries(${name}_testing PUBLIC ${dependency}_testing)
            endif()
        endforeach()
    endif()

    if(tests AND BUILD_TESTING)
        add_executable(${name}_test ${tests})
        target_link_libraries(${name}_test PRIVATE ${name} test_main)
        use_precompiled(${name}_test "${ROOM_PRECOMPILED}")
        foreach(dependency ${name} ${ROOM_DEPENDS})
            if(TARGET ${dependency}_testing)
                target_link_libraries(${name}_test PRIVATE ${dependency}_testing)
            endif()
        endforeach()
        add_test(NAME ${name} COMMAND ${name}_test WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
        # The higher the floor, the longer its tests: those begin first.
        math(EXPR cost "${ROOM_FLOOR} * 40")
        set_tests_properties(${name} PROPERTIES LABELS fast COST ${cost} TIMEOUT 1500)
    endif()

    if(FAZHI_FUZZ)
        foreach(source ${fuzzers})
            fuzz_target(${name} ${source})
        endforeach()
    endif()
endfunction()

# fuzz_target(<room> <x_fuzz.cpp>) makes build/fuzz/fuzz_x; the target `fuzzers` is all of them.
function(fuzz_target room source)
    get_filename_component(stem ${source} NAME_WE)
    string(REGEX REPLACE "_fuzz$" "" stem ${stem})
    add_executable(fuzz_${stem} ${source})
    target_link_libraries(fuzz_${stem} PRIVATE ${room})
    target_link_options(fuzz_${stem} PRIVATE -fsanitize=fuzzer)
    set_target_properties(fuzz_${stem} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
    if(NOT TARGET fuzzers)
        add_custom_target(fuzzers)
    endif()
    add_dependencies(fuzzers fuzz_${stem})
endfunction()
