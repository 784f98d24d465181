// SPDX-License-Identifier: Apache-2.0
// Writes a small model with random weights that the program can read and ask: every byte is a
// token. Usage: make_small_model FILE
#include <fstream>
#include <iostream>

#include "tests/support/random_model.h"

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: make_small_model FILE\n";
        return 2;
    }
    tl::test::RandomModelShape shape;
    shape.controlTokens = {"<|im_start|>", "<|im_end|>", "<file_sep>", "<filename>"};
    shape.vocabulary = 256 + static_cast<int64_t>(shape.controlTokens.size());
    shape.readWindow = 512;
    shape.logScaleBase = 2048;
    const tl::test::RandomModel model(shape, /*threads=*/1);
    std::ofstream file(argv[1], std::ios::binary);
    file << model.bytes() << std::flush;
    return file ? 0 : 1;
}
