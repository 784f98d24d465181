// SPDX-License-Identifier: Apache-2.0
#include "app/model/resource_paths.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <system_error>
#include <vector>

namespace tl {

namespace {

namespace fs = std::filesystem;

// The first *.gguf by name, so that the choice is the same on every machine.
fs::path firstModelIn(const fs::path& folder) {
    std::vector<fs::path> models;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        if (it->path().extension() == ".gguf") {
            models.push_back(it->path());
        }
    }
    const auto first = std::min_element(models.begin(), models.end());
    return first == models.end() ? fs::path() : *first;
}

// The tree the program was built from counts only for programs that lie in its build folder, so an
// installed program never reaches into a source tree.
std::vector<fs::path> resourceFolders(const std::string& name) {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    std::vector<fs::path> folders;
    if (!error) {
        folders.push_back(
            (program.parent_path() / "../share/throughline" / name).lexically_normal());
    }
    if (program.string().starts_with(TL_BUILD_TREE "/")) {
        folders.push_back(fs::path(TL_SOURCE_TREE "/resources") / name);
    }
    return folders;
}

// Relative paths do not count, as the specification says.
fs::path userFolder(const char* variable, const char* belowHome) {
    fs::path folder;
    if (const char* given = std::getenv(variable); given != nullptr && *given == '/') {
        folder = given;
    } else if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') {
        folder = fs::path(home) / belowHome;
    }
    return folder.empty() ? folder : folder / "throughline";
}

}  // namespace

Result<fs::path> findModel(const fs::path& chosen) {
    if (!chosen.empty()) {
        return chosen;
    }
    std::string places;
    for (const fs::path& folder : resourceFolders("model")) {
        const fs::path model = firstModelIn(folder);
        if (!model.empty()) {
            return model;
        }
        places += (places.empty() ? "" : ", ") + folder.string();
    }
    return Error{ErrorCode::kNotFound,
                 "model: no .gguf file in " + places + "; name one with --model"};
}

fs::path findResource(const std::string& name) {
    std::error_code error;
    for (fs::path& folder : resourceFolders(name)) {
        if (fs::is_directory(folder, error)) {
            return std::move(folder);
        }
    }
    return {};
}

fs::path cacheFolder() {
    return userFolder("XDG_CACHE_HOME", ".cache");
}

fs::path stateFolder() {
    return userFolder("XDG_STATE_HOME", ".local/state");
}

}  // namespace tl
