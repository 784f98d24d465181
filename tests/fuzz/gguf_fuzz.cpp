// SPDX-License-Identifier: Apache-2.0
// A model file from anywhere: parsed, every tensor's first row decoded, configuration and tokenizer
// made from it, and a text sent through the tokenizer. What can be loaded as a model reads, is
// asked and answers a few tokens: shapes and types that do not go together must not get that far.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/gguf_file.h"
#include "engine/model/model.h"
#include "engine/model_config.h"
#include "engine/prompt.h"
#include "engine/session.h"
#include "engine/tokenizer.h"
#include "kernels/backend.h"

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

void useModel(const tl::GgufFile& file, const tl::ModelConfig& config) {
    const auto backend = tl::makeCpuBackend(/*threads=*/1, tl::ActivationType::kInt8);
    if (!backend.ok()) {
        std::abort();
    }
    auto model = tl::Model::load(file, config, *backend.value(), tl::KvType::kInt8);
    if (!model.ok()) {
        return;
    }
    auto state = model.value()->newState(/*maxTokens=*/64);
    if (!state.ok()) {
        return;
    }
    tl::Session session(*model.value(), std::move(state).value());
    const auto last = static_cast<tl::TokenId>(config.vocabSize - 1);
    const tl::TokenId ids[] = {0, last, 0, last, 0};
    tl::Pointers pointers{0, 2, {}};
    if (session.read(ids).ok() && session.ask(std::span(ids).first(2), {}, &pointers).ok() &&
        session.step(last).ok()) {
        const auto logits = session.logits();
        if (!logits.ok() || std::ssize(logits.value()) != config.vocabSize) {
            std::abort();
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
    if (config.ok()) {
        useModel(file.value(), config.value());
    }
    return 0;
}
