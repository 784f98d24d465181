// SPDX-License-Identifier: Apache-2.0
#include "app/cli/text_corpus.h"

#include <memory>
#include <utility>

#include "app/cli/progress_line.h"
#include "app/corpus/corpus.h"

namespace tl {

ChosenCorpus chooseTexts(const SourceChoice& sources,
                         const TextModel& model,
                         const Terminal& terminal) {
    return chooseAskingPasswords(
        sources, terminal, [&](const SourceChoice& chosen) -> ChosenCorpus {
            CountingLine line(terminal.err, terminal.errIsTerminal);
            Result<Corpus> corpus = loadCorpus(chosen, model, terminal.stop, line.events());
            if (!corpus.ok()) {
                return corpus.error();
            }
            return std::make_shared<const Corpus>(std::move(corpus).value());
        });
}

}  // namespace tl
