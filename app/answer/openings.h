// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "app/corpus/corpus.h"

namespace tl {

// Where a corpus says what it is about, best first: the first paragraphs of README-like files
// (those in few folders first), what a Debian package's control file describes, then the first
// paragraphs and the abstract of each document and the first turns of each transcript, in turn. Of
// code alone the heads of its files. At most `limit`.
std::vector<const Passage*> openingPassages(const Corpus& corpus, size_t limit);

}  // namespace tl
