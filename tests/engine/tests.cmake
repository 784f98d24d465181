# SPDX-License-Identifier: Apache-2.0
find_package(nlohmann_json REQUIRED)
foreach(test gguf_file_test model_config_test pre_tokenizer_test prompt_test sampler_test
        tokenizer_test)
    tl_add_test(engine/${test} LIBS tl_engine nlohmann_json::nlohmann_json)
endforeach()
tl_add_test(engine/allocation_test LIBS tl_engine)
tl_add_test(engine/attention_policy_test LIBS tl_engine)
tl_add_test(engine/golden_test LIBS tl_engine nlohmann_json::nlohmann_json LABELS slow)
tl_add_test(engine/session_test LIBS tl_engine)
