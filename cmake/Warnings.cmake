# Warnings for our own code only: an interface target that every library links PRIVATE.
add_library(tl_warnings INTERFACE)
target_compile_options(tl_warnings INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wshadow;-Wconversion;-Wnon-virtual-dtor;-Wold-style-cast>)
