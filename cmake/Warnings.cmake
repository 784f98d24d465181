# Warnings for our own code only: an interface target that every library links PRIVATE.
add_library(tl_warnings INTERFACE)
target_compile_options(tl_warnings INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wshadow;-Wconversion;-Wnon-virtual-dtor;-Wold-style-cast>)
# GCC 12 takes "x" + std::to_string(i) for a copy that overlaps itself (its bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(tl_warnings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict>)
endif()
