// SPDX-License-Identifier: Apache-2.0
// Bytes that claim to be a saved sequence: keys and values, then a state. The first byte says how
// the rest is taken: as parts and states of its own, or as changes to those that a small model has
// saved, so that what the sizes would stop reaches what comes after them. Nothing but an error of
// one line may come of it, or a sequence that can be gone on with.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/engine.h"
#include "tests/app/temp_folder.h"
#include "tests/support/random_model.h"

namespace {

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

// The next so many bytes as a number; zeros where there are no more.
int64_t take(std::string_view& input, size_t bytes) {
    int64_t number = 0;
    for (size_t i = 0; i < bytes; ++i) {
        const unsigned char next = i < input.size() ? static_cast<unsigned char>(input[i]) : 0;
        number = number * 256 + next;
    }
    input.remove_prefix(std::min(bytes, input.size()));
    return number;
}

std::span<const std::byte> takeBytes(std::string_view& input, int64_t count) {
    const auto size = std::min(static_cast<size_t>(count), input.size());
    const auto bytes = std::as_bytes(std::span(input.data(), size));
    input.remove_prefix(size);
    return bytes;
}

class SavedSequence {
public:
    SavedSequence() {
        tl::test::RandomModelShape shape;
        shape.controlTokens = {"<|im_start|>", "<|im_end|>"};
        shape.vocabulary = 256 + std::ssize(shape.controlTokens);
        const tl::test::RandomModel model(shape, /*threads=*/1);
        std::ofstream(m_file, std::ios::binary) << model.bytes();
        tl::EngineOptions options;
        options.device.threads = 1;
        m_engine = tl::Engine::load(m_file, options).value();
        const auto session = m_engine->newSession(kTokens).value();
        require(session->read(std::vector<tl::TokenId>(kTokens, 3)).ok());
        const tl::Snapshot snapshot = session->snapshot().value();
        m_state = m_engine->saveState(snapshot).value();
        m_pages = m_engine->savePages(snapshot).value();
    }

    // Parts and states as the input says.
    void checkParts(std::string_view input) const {
        const auto loader = m_engine->newStateLoader();
        while (!input.empty()) {
            if (take(input, 1) % 4 == 0) {
                goOn(loader->snapshot(takeBytes(input, take(input, 2))));
                continue;
            }
            tl::SavedPagesView part;
            part.layer = take(input, 1) - 1;
            part.first = take(input, 2) - 1;
            part.count = take(input, 2) - 1;
            part.bytes = takeBytes(input, take(input, 2));
            requireLine(loader->addPages({&part, 1}));
        }
    }

    // Three bytes say where, the fourth what is put there: in the state, then in the pages.
    void checkChanges(std::string_view changes) const {
        std::vector<std::byte> state = m_state;
        std::vector<tl::SavedPages> pages = m_pages;
        for (; changes.size() >= 4;) {
            const auto at = static_cast<size_t>(take(changes, 3));
            const auto byte = static_cast<std::byte>(take(changes, 1));
            std::vector<std::byte>& target =
                at % 2 == 0 || pages.empty() ? state : pages[at / 2 % pages.size()].bytes;
            target[at % target.size()] = byte;
        }
        state.resize(state.size() - std::min(state.size(), changes.size()));
        const auto loader = m_engine->newStateLoader();
        for (const tl::SavedPages& part : pages) {
            const tl::SavedPagesView view = part.view();
            requireLine(loader->addPages({&view, 1}));
        }
        goOn(loader->snapshot(state));
    }

private:
    static constexpr int64_t kTokens = 40;

    static void requireLine(const tl::Status& status) {
        require(status.ok() || status.error().message.find('\n') == std::string::npos);
    }

    // What was taken for a sequence can be read on from, whatever its numbers say.
    void goOn(const tl::Result<tl::Snapshot>& snapshot) const {
        if (!snapshot.ok()) {
            require(snapshot.error().message.find('\n') == std::string::npos);
            return;
        }
        const int64_t position = snapshot.value().position();
        const auto session = m_engine->newSession(position + 2);
        require(session.ok() && session.value()->restore(snapshot.value()).ok());
        require(session.value()->read(std::array<tl::TokenId, 2>{5, 7}).ok());
        require(session.value()->position() == position + 2);
    }

    tl::TempFolder m_folder;
    std::filesystem::path m_file = m_folder.path() / "model.gguf";
    std::unique_ptr<tl::Engine> m_engine;
    std::vector<std::byte> m_state;
    std::vector<tl::SavedPages> m_pages;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
    static const SavedSequence saved;
    if (size < 1) {
        return 0;
    }
    const std::string_view input(reinterpret_cast<const char*>(bytes) + 1, size - 1);
    if (bytes[0] % 2 == 0) {
        saved.checkParts(input);
    } else {
        saved.checkChanges(input);
    }
    return 0;
}
