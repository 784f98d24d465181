// SPDX-License-Identifier: Apache-2.0
// A project file. The first byte says how the rest is taken: as a packed blob, as the file itself,
// or as changes to a whole project, so that what SQLite's checks would stop reaches what stands
// after them. Nothing but an error of one line may come of it, and reading a damaged project to
// its end may give nothing else than what was written.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "store/blob/packing.h"
#include "store/blob/state_parts.h"
#include "store/blob/token_ids.h"
#include "tests/app/temp_folder.h"
#include "tests/store/whole_project.h"
#include "tests/support/fault_vfs.h"

namespace {

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void checkBlob(std::string_view input) {
    constexpr size_t kLimit = 1 << 16;
    const auto packed = std::as_bytes(std::span(input));
    const auto bytes = tl::unpackShuffled(packed, kLimit);
    if (bytes.ok()) {
        require(bytes.value().size() <= kLimit);
        const auto again = tl::packShuffled(bytes.value());
        require(tl::unpackShuffled(again.value(), kLimit).value() == bytes.value());
    }
    std::vector<std::byte> state;
    require(tl::unpackStatePart(packed, state).ok() || state.empty());
    require(state.size() <= tl::kStatePartBytes);
    std::vector<int32_t> tokens;
    const int64_t count = std::ssize(input) % 100;
    require(!tl::unpackTokens(packed, count, tokens).ok() || std::ssize(tokens) == count);
}

// Bytes of a project in a folder of its own, which goes when the program ends.
class Project {
public:
    Project() {
        require(tl::makeWholeProject(m_path).ok());
        m_all = tl::allOf(m_path).value();
        std::ifstream in(m_path, std::ios::binary);
        m_bytes = std::string(std::istreambuf_iterator<char>(in), {});
    }

    void checkFile(const std::string& bytes) const {
        const std::filesystem::path path = m_folder.write("input.throughline", bytes);
        const auto all = tl::allOf(path);
        if (!all.ok()) {
            requireLine(path, all.error().message);
        }
        auto reader = tl::ProjectReader::open(path);
        if (reader.ok()) {
            const auto lines = reader.value().verify();
            // Rows may be missing unseen, but then SQLite's structure is not whole either.
            require(!lines.ok() || !lines.value().empty() || !all.ok() || isOurs(all.value()));
        }
        const auto store = tl::ProjectStore::open(path);
        if (!store.ok()) {
            requireLine(path, store.error().message);
        }
    }

    // Four bytes say where, the fifth what is put there.
    void checkChanges(std::string_view changes) const {
        std::string bytes = m_bytes;
        for (; changes.size() >= 5; changes.remove_prefix(5)) {
            size_t at = 0;
            for (const char c : changes.substr(0, 4)) {
                at = at * 256 + static_cast<unsigned char>(c);
            }
            bytes[at % bytes.size()] = changes[4];
        }
        checkFile(bytes);
    }

private:
    static void requireLine(const std::filesystem::path& path, const std::string& message) {
        require(message.find(path.string() + ": ") == 0);
        require(message.find('\n') == std::string::npos);
    }
    // An input can be a whole project of its own that holds nothing.
    bool isOurs(const std::string& all) const { return all == m_all || all.empty(); }

    tl::FaultVfs m_withoutSyncs;  // which mean nothing here
    tl::TempFolder m_folder;
    std::filesystem::path m_path = m_folder.path() / "whole.throughline";
    std::string m_all;
    std::string m_bytes;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
    static const Project project;
    if (size < 1) {
        return 0;
    }
    const std::string_view input(reinterpret_cast<const char*>(bytes) + 1, size - 1);
    switch (bytes[0] % 3) {
        case 0:
            checkBlob(input);
            break;
        case 1:
            project.checkFile(std::string(input));
            break;
        default:
            project.checkChanges(input);
    }
    return 0;
}
