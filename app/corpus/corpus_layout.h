// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "app/corpus/corpus.h"
#include "app/corpus/file_loader.h"
#include "app/corpus/reading_order.h"

namespace tl {

// The corpus of what was walked and read, in walk order, members of archives within theirs: rows,
// plan, and where the plan has no problem files, tokens and sources. A text that stands at two
// paths is read once. Errors of TextModel::forecast(); kUnsupported as PromptBuilder.
Result<Corpus> layOutCorpus(const SourceChoice& choice,
                            const TextModel& model,
                            std::vector<LoadedEntry> entries,
                            const ReadingOrder& order);

}  // namespace tl
