// SPDX-License-Identifier: Apache-2.0
#include "ingest/code/grammars.h"

#include <array>

namespace tl {

const Grammar* grammarOf(std::string_view language) {
    const std::array groups = {cGrammars(),
                               webGrammars(),
                               jvmGrammars(),
                               scriptGrammars(),
                               functionalGrammars(),
                               systemsGrammars(),
                               dataGrammars()};
    for (const std::span<const Grammar> group : groups) {
        for (const Grammar& grammar : group) {
            if (grammar.language == language) {
                return &grammar;
            }
        }
    }
    return nullptr;
}

}  // namespace tl
