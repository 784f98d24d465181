// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/extract.h"

namespace tl {

// What stands on the screen, or is said, from one time to another.
struct Cue {
    std::string speaker;  // empty: not told
    std::string words;    // lines of the caption separated by \n
    int64_t beginMs = 0;
    int64_t endMs = 0;
    bool isSpoken = true;  // false: text around the cues, kept as a paragraph of its own
};

struct CueList {
    std::vector<Cue> cues;
    std::string title;
    std::vector<Reason> warnings;
    std::vector<Reason> notes;  // what was left out or merged
};

// Takes a time off the front of `text`: 1:02, 00:01:02.345, 00:01:02,345. nullopt leaves it as is.
std::optional<int64_t> takeTimeMs(std::string_view& text);

// "Jane Doe: words" as speaker and words. Only what looks like a name counts: up to five words,
// the first with a capital, and none of the words that label things ("Note", "Error").
std::optional<std::pair<std::string_view, std::string_view>> splitSpeaker(std::string_view line);
bool looksLikeName(std::string_view name);

// Gives the cues whose words start with "Name:" their speaker, where the name comes more than once
// or most cues have one.
void takeSpeakersFromWords(std::vector<Cue>& cues);

// Cues as text: one paragraph "Name: words" and one unit per turn. Cues that show again what the
// one before showed (roll-up captions, growing live captions) are merged without doubling words.
Extract turnsFromCues(CueList list);

}  // namespace tl
