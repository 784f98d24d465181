// SPDX-License-Identifier: Apache-2.0
#include "tests/ingest/temp_tree.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace tl {
namespace {

namespace fs = std::filesystem;

void require(bool isDone, const char* what) {
    if (!isDone) {
        std::perror(what);
        std::abort();
    }
}

}  // namespace

TempTree::TempTree() {
    std::string name = fs::canonical(fs::temp_directory_path()) / "tl_ingest_XXXXXX";
    require(::mkdtemp(name.data()) != nullptr, "mkdtemp");
    m_path = name;
}

TempTree::~TempTree() {
    std::error_code error;
    fs::remove_all(m_path, error);
}

fs::path TempTree::write(std::string_view name, std::string_view bytes) const {
    const fs::path path = m_path / fs::path(name);
    fs::create_directories(path.parent_path());
    std::ofstream out(path, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    require(out.good(), path.c_str());
    return path;
}

fs::path TempTree::makeFolder(std::string_view name) const {
    const fs::path path = m_path / fs::path(name);
    fs::create_directories(path);
    return path;
}

}  // namespace tl
