// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/corpus/corpus.h"
#include "base/result.h"
#include "engine/tokenizer.h"

namespace tl {

// The corpus as if it ended after `position` tokens: of the file that is cut there only the text
// that was read, and nothing of those after it, so that no source of an answer leads beyond. The
// list of rows stays whole. REQUIRES: 0 < position <= tokens
Corpus corpusUpTo(const Corpus& corpus, int64_t position);

// The position that `asOf` means: after the last token of the file of that name, that many tokens,
// or that share of them ("40%"). kNotFound for a name that no file has; kInvalidInput beyond the
// corpus.
Result<int64_t> positionOf(const Corpus& corpus, const std::string& asOf);

// Where each token of a text ends in it, told from the tokens alone. False where they do not spell
// the text.
bool tokenEndsIn(std::string_view text,
                 std::span<const TokenId> tokens,
                 const Tokenizer& tokenizer,
                 std::vector<uint32_t>& ends);

}  // namespace tl
