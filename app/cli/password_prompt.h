// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "app/app_types.h"
#include "app/cli/terminal.h"
#include "app/corpus/corpus.h"
#include "base/result.h"

namespace tl {

using LoadCorpusFn = std::function<Result<Corpus>(const SourceChoice&)>;

// Loads the corpus. Where files in it need a password and somebody can be asked, asks for each and
// loads again with what was given: three times for a file, or until nothing is typed. A password
// is tried on every file. Errors of `load`.
Result<Corpus> loadAskingPasswords(SourceChoice sources,
                                   const Terminal& terminal,
                                   const LoadCorpusFn& load);

}  // namespace tl
