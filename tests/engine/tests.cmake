# SPDX-License-Identifier: Apache-2.0
find_package(nlohmann_json REQUIRED)
foreach(test gguf_file_test model_config_test pre_tokenizer_test prompt_test sampler_test
        tokenizer_test weight_loader_test)
    tl_add_test(engine/${test} LIBS tl_engine nlohmann_json::nlohmann_json)
endforeach()

add_library(tl_fake_backend STATIC support/fake_backend.cpp support/fake_backend.h
    support/fake_layout.cpp support/fake_layout.h)
target_link_libraries(tl_fake_backend PUBLIC tl_kernels PRIVATE tl_warnings)

# What computes runs on the table that the program would choose, and again on each of the others,
# with their names after an @. Not with sanitizers: there tests/kernels go through all tables.
set(other_tables generic)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    list(APPEND other_tables avx2)
endif()
function(tl_add_engine_test name label)
    set(target engine.${name})
    tl_add_test(engine/${name} LIBS tl_engine nlohmann_json::nlohmann_json LABELS ${label})
    target_sources(${target} PRIVATE support/kernel_choice.cpp)
    if(NOT TL_SANITIZE)
        foreach(table IN LISTS other_tables)
            gtest_discover_tests(${target} TEST_PREFIX "${target}@${table}/" DISCOVERY_MODE PRE_TEST
                TEST_LIST ${target}_${table}
                PROPERTIES LABELS slow ENVIRONMENT "TL_KERNELS=${table}")
        endforeach()
    endif()
endfunction()
tl_add_engine_test(allocation_test unit)
tl_add_engine_test(attention_policy_test unit)
tl_add_engine_test(golden_test slow)
tl_add_engine_test(made_up_architecture_test unit)
tl_add_engine_test(reference_model_test unit)
tl_add_engine_test(session_test unit)
tl_add_engine_test(session_batch_test unit)
tl_add_engine_test(session_failure_test unit)
tl_add_engine_test(smollm2_test slow)
foreach(test engine_test fingerprint_test memory_forecast_test state_codec_test
        state_loader_test)
    tl_add_test(engine/${test} LIBS tl_engine)
endforeach()
tl_add_test(engine/saved_state_test LIBS tl_engine LABELS slow)
foreach(test fingerprint_test memory_forecast_test saved_state_test session_test
        session_batch_test session_failure_test state_codec_test state_loader_test)
    target_link_libraries(engine.${test} PRIVATE tl_fake_backend)
endforeach()
