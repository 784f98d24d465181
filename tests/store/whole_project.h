// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "store/project_reader.h"
#include "store/project_store.h"
#include "tests/store/project_values.h"

namespace tl {

// A project with something in every table. tests/data/store has one that each version made.
inline Status makeWholeProject(const std::filesystem::path& path) {
    Result<std::unique_ptr<ProjectStore>> store = ProjectStore::create(path);
    if (!store.ok()) {
        return store.error();
    }
    ProjectChange last = withCheckpoint(someCheckpoint(1000, 488));
    last.conversations = {{1, "title", 10}};
    last.turns = {someTurn(1, 0)};
    for (ProjectChange change :
         {someCorpus(1000), withCheckpoint(someCheckpoint(512, 512)), last}) {
        Status queued = store.value()->write(std::move(change));
        if (!queued.ok()) {
            return queued;
        }
    }
    return store.value()->flush();
}

// All that a reader gives, as one text; or the first error.
Result<std::string> allOf(const std::filesystem::path& path);

}  // namespace tl
