// SPDX-License-Identifier: Apache-2.0
// A model file from anywhere: parsed, every tensor's first row decoded, configuration and tokenizer
// made from it, and a text sent through the tokenizer.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <vector>

#include "engine/gguf_file.h"
#include "engine/model_config.h"
#include "engine/prompt.h"
#include "engine/tokenizer.h"

namespace {

constexpr std::string_view kText = "The caf\xC3\xA9's 42 tables\n\n\tint x = 7; \xFF<|im_end|>";

void decodeTensors(const tl::GgufFile& file) {
    for (const tl::GgufTensor& tensor : file.tensors()) {
        std::vector<float> row(static_cast<size_t>(tensor.columns()));
        tl::decodeRow(tensor.type, tensor.bytes.data(), tensor.columns(), row.data());
    }
}

void useTokenizer(tl::Tokenizer& tokenizer, const tl::Result<tl::ModelConfig>& config) {
    std::vector<tl::TokenId> ids;
    std::vector<uint32_t> ends;
    tokenizer.encodeWithOffsets(kText, ids, ends);
    const bool inOrder = std::is_sorted(ends.begin(), ends.end());
    if (ids.size() != ends.size() || !inOrder || (!ends.empty() && ends.back() > kText.size())) {
        std::abort();
    }
    for (const tl::TokenId id : ids) {
        if (id < 0 || id >= tokenizer.vocabSize() || tokenizer.isControl(id)) {
            std::abort();
        }
    }
    tokenizer.decode(ids);
    if (config.ok()) {
        tl::Result<tl::PromptBuilder> prompt = tl::PromptBuilder::create(tokenizer, config.value());
        if (prompt.ok()) {
            prompt.value().turn(kText);
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const tl::Result<tl::GgufFile> file =
        tl::GgufFile::parse(std::as_bytes(std::span(data, size)), "fuzz.gguf");
    if (!file.ok()) {
        return 0;
    }
    decodeTensors(file.value());
    const tl::Result<tl::ModelConfig> config = tl::parseModelConfig(file.value());
    tl::Result<tl::Tokenizer> tokenizer = tl::Tokenizer::fromGguf(file.value());
    if (tokenizer.ok()) {
        useTokenizer(tokenizer.value(), config);
    }
    return 0;
}
