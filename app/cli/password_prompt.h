// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

#include "app/app_types.h"
#include "app/cli/terminal.h"
#include "app/corpus/corpus.h"
#include "base/result.h"

namespace tl {

using ChosenCorpus = Result<std::shared_ptr<const Corpus>>;
using ChooseFn = std::function<ChosenCorpus(const SourceChoice&)>;

// Chooses the sources. Where files in them need a password and somebody can be asked, asks for each
// and chooses again with what was given: three times for a file, or until nothing is typed. A
// password is tried on every file. Errors of `choose`.
ChosenCorpus chooseAskingPasswords(SourceChoice sources,
                                   const Terminal& terminal,
                                   const ChooseFn& choose);

}  // namespace tl
