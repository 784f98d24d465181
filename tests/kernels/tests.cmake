# SPDX-License-Identifier: Apache-2.0
add_library(tl_kernel_reference STATIC support/kernel_inputs.cpp support/reference_ops.cpp)
target_link_libraries(tl_kernel_reference PUBLIC tl_kernels GTest::gtest PRIVATE tl_warnings)

foreach(name attention conv dispatch experts kv_page matmul norm packed_matrix rope ssd thread_pool)
    tl_add_test(kernels/${name}_test LIBS tl_kernels tl_kernel_reference)
endforeach()

# Debian's JSON headers are the machine's own; formats decode alike everywhere.
if(NOT CMAKE_CROSSCOMPILING)
    find_package(nlohmann_json REQUIRED)
    tl_add_test(kernels/weight_type_test LIBS tl_kernels nlohmann_json::nlohmann_json)
endif()
