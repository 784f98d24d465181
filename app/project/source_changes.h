// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/app_types.h"
#include "app/project/stored_corpus.h"
#include "base/result.h"

namespace tl {

// How the files of a choice differ from what is stored of them, by names, in walk order.
struct SourceChanges {
    std::vector<std::string> changed;
    std::vector<std::string> added;
    std::vector<std::string> removed;
    std::vector<std::pair<std::string, std::string>> renamed;  // from, to

    bool isEmpty() const {
        return changed.empty() && added.empty() && removed.empty() && renamed.empty();
    }
};

// Walks the choice. A file is as it was when size and time are, or else when its bytes have the
// same hash; one that is new and holds what a missing one held was renamed. Files that cannot be
// read count as well. Errors of walkSources().
Result<SourceChanges> findChanges(const StoredCorpus& stored,
                                  const SourceChoice& choice,
                                  const std::stop_token& stop);

// "2 changed, 1 added, 1 removed, 1 renamed"; empty without changes.
std::string changesText(const SourceChanges& changes);

}  // namespace tl
