# SPDX-License-Identifier: Apache-2.0
find_package(nlohmann_json REQUIRED)
find_package(SQLite3 REQUIRED)
foreach(test answer_claim_test ask_command_test candidate_search_test citation_check_test
        citation_place_test command_end_test command_line_test corpus_plan_test corpus_prefix_test
        corpus_session_test corpus_test exact_search_test file_loader_test
        known_answers_test leave_out_test overview_answer_test
        overview_documents_test overview_licence_test overview_metadata_test overview_project_test
        kept_project_test overview_prose_test overview_test passage_kind_test password_prompt_test
        project_test
        question_kind_test question_language_test question_parts_test question_test
        question_topic_test read_secret_test reading_order_test reading_speed_test repetition_test
        surest_answer_test terminal_text_test text_words_test title_page_test word_index_test wording_test)
    tl_add_test(app/${test} LIBS tl_app tl_ingest tl_engine tl_reason_text)
endforeach()
foreach(test reason_text_test reason_words_test)
    tl_add_test(app/reason/${test} LIBS tl_reason_text)
endforeach()
foreach(test live_append_test project_file_test project_origin_test project_property_test
        project_status_test read_command_test reading_forecast_test)
    tl_add_test(app/${test} LIBS tl_app tl_ingest tl_engine tl_store)
endforeach()
tl_add_test(app/follow_up_test LIBS tl_app tl_ingest tl_engine tl_kernels tl_store)
tl_add_test(app/plan_command_test
    LIBS tl_app tl_ingest tl_make_archive tl_make_pdf nlohmann_json::nlohmann_json)
tl_add_test(app/overview_command_test LIBS tl_app nlohmann_json::nlohmann_json)
foreach(test corpus_test overview_documents_test)
    target_link_libraries(app.${test} PRIVATE tl_make_pdf)
endforeach()
foreach(test read_command_test word_index_test)
    target_link_libraries(app.${test} PRIVATE SQLite::SQLite3)
endforeach()
target_link_libraries(app.reading_forecast_test PRIVATE tl_kernels)
# Tokenizer::encode(std::string_view, std::vector<TokenId>&), through which every prompt goes: the
# test counts the calls.
set(encode_symbol
    _ZN2tl9Tokenizer6encodeESt17basic_string_viewIcSt11char_traitsIcEERSt6vectorIiSaIiEE)
target_compile_definitions(app.question_test PRIVATE TL_ENCODE_SYMBOL="${encode_symbol}")
target_link_options(app.question_test PRIVATE LINKER:--wrap=${encode_symbol})
foreach(test corpus_test overview_documents_test plan_command_test)  # read binary files
    add_dependencies(app.${test} throughline-reader)
endforeach()
tl_add_test(app/sample_test LIBS tl_app tl_ingest tl_engine LABELS slow)
tl_add_test(app/question_sheet_test LIBS tl_app tl_ingest tl_engine LABELS slow)
foreach(test ask_command_test citation_place_test question_language_test question_parts_test
        sample_test)
    target_link_libraries(app.${test} PRIVATE nlohmann_json::nlohmann_json)
endforeach()

# The program itself, from outside.
add_test(NAME app.interrupt_test
    COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/app/interrupt_test.sh $<TARGET_FILE:throughline>)
add_test(NAME app.unreadable_file_test
    COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/app/unreadable_file_test.sh $<TARGET_FILE:throughline>
        ${PROJECT_SOURCE_DIR}/resources/model/throughline-154m-q4_0.gguf)
add_test(NAME app.blocked_output_test
    COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/app/blocked_output_test.sh $<TARGET_FILE:throughline>)
set_tests_properties(app.blocked_output_test app.interrupt_test app.unreadable_file_test PROPERTIES LABELS slow)
set_tests_properties(app.unreadable_file_test PROPERTIES SKIP_RETURN_CODE 77)
