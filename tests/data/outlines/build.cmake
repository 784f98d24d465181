cmake_minimum_required(VERSION 3.25)
project(demo)

function(add_thing name)
    message(STATUS ${name})
endfunction()

macro(shout text)
    message(${text})
endmacro()

set(LIMIT 3)
add_library(core STATIC a.cpp)
add_executable(demo main.cpp)
add_test(NAME smoke COMMAND demo)
