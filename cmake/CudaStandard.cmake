# SPDX-License-Identifier: Apache-2.0
# The CUDA language as C++20. Included before any target, after the project's own languages.
if(NOT DEFINED CMAKE_CUDA_ARCHITECTURES)
    set(CMAKE_CUDA_ARCHITECTURES 75 80 90)
endif()
enable_language(CUDA)

# Debian 12's CMake 3.25.1 does not know nvcc's C++20 flag, though nvcc 12 and later take it.
if(NOT DEFINED CMAKE_CUDA20_STANDARD_COMPILE_OPTION)
    set(CMAKE_CUDA20_STANDARD_COMPILE_OPTION "-std=c++20")
    set(CMAKE_CUDA20_EXTENSION_COMPILE_OPTION "-std=c++20")
endif()
set(CMAKE_CUDA_STANDARD 20)
set(CMAKE_CUDA_STANDARD_REQUIRED ON)
