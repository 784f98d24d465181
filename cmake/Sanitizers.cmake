# SPDX-License-Identifier: Apache-2.0
# Sanitizers only work when the whole program is compiled with them.
if(TL_SANITIZE)
    add_compile_options(-fsanitize=${TL_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${TL_SANITIZE})
endif()
# Coverage feedback for libFuzzer; the fuzz targets themselves link -fsanitize=fuzzer.
if(TL_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()
