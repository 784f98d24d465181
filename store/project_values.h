// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace tl {

// What a project file keeps (docs/project_format.md), as plain values. Whatever is called opaque
// here has its meaning in app/ and engine/; it comes back byte by byte as it was given. Positions
// and counts are tokens of the project's one sequence, times nanoseconds since 1970.

// The text of a file with its places, under a name made from all that it depends on.
struct StoredExtract {
    std::string key;
    std::string bytes;  // opaque
};

// One file or folder that the walk met, whatever became of it.
struct StoredDocument {
    int64_t id = 0;           // the caller's choice, from 1; never given to another document again
    std::string name;         // shown and cited, UTF-8
    std::string path;         // as the system has it, any bytes
    int64_t bytes = 0;        // of the file
    int64_t modifiedNs = 0;   // of the file
    std::string contentHash;  // of the file's bytes; empty where they were not read
    int64_t fate = 0;         // the caller's code
    std::string details;      // opaque: reasons, notes
    std::string extractKey;   // of a StoredExtract; empty: none
};

// A document's stretch of the sequence.
struct PlannedDocument {
    int64_t document = 0;  // StoredDocument::id
    int64_t first = 0;     // position of its first token
    int64_t count = 0;     // tokens
};

// Keys and values of one layer at `count` positions from `first` on, in the engine's canonical
// form.
struct StoredPage {
    int64_t layer = 0;
    int64_t first = 0;
    int64_t count = 0;
    std::vector<std::byte> bytes;  // opaque
};

// Where reading can go on: all recurrent memory after `position` tokens, and the pages from the
// newest checkpoint before on.
struct StoredCheckpoint {
    int64_t position = 0;
    std::vector<std::byte> state;  // opaque; taken for 32-bit numbers when it is packed
    std::vector<StoredPage> pages;
};

// A citation as it was shown; it stays as it is when its document goes.
struct StoredCitation {
    int64_t document = 0;  // StoredDocument::id
    std::string name;      // of the document
    int64_t begin = 0;     // bytes of the document's text
    int64_t end = 0;
    int64_t standing = 0;  // the caller's code: verified, found elsewhere...
    std::string place;     // in words: "page 3"
    std::string quote;
};

// A question, its answer, and what makes it again.
struct StoredTurn {
    int64_t conversation = 0;  // StoredConversation::id
    int64_t ordinal = 0;       // within it, from 0
    std::string question;
    std::string answer;
    int64_t position = 0;     // tokens of the sequence that the answer rests on
    std::string stateDigest;  // of the state at `position`
    std::string prompt;       // opaque: what the model was given
    std::string sampler;      // in words
    uint64_t seed = 0;
    std::string fingerprint;  // digest of the engine's fingerprint
    std::string versions;     // of the program and its parts, in words
    int64_t askedNs = 0;
    std::string details;  // opaque
    std::vector<StoredCitation> citations;
};

struct StoredConversation {
    int64_t id = 0;  // the caller's choice, from 1
    std::string title;
    int64_t startedNs = 0;
};

// How the sequence goes on after what is kept of it.
struct PlanChange {
    int64_t keepDocuments = 0;               // so many of the plan's rows stay, in their order
    int64_t keepTokens = 0;                  // and so many token ids
    std::vector<PlannedDocument> documents;  // then come these
    std::vector<int32_t> tokens;             // and the ids of these tokens
};

// What one transaction changes: all of it or nothing. The order of the members is the order in
// which it happens. Whoever changes the sequence says goBackTo in the same change, so that no
// checkpoint comes after a token that is not there any more.
struct ProjectChange {
    std::map<std::string, std::string> properties;  // set; opaque values
    std::vector<StoredExtract> extracts;            // put; one that is there already stays
    std::vector<StoredDocument> documents;          // put; of the same id: replaced
    std::vector<int64_t> removedDocuments;          // ids; the plan must let go of them as well
    bool replacesPlan = false;                      // whether `plan` counts
    PlanChange plan;
    bool dropsUnusedExtracts = false;  // those that no document has
    int64_t goBackTo = -1;             // checkpoints and pages beyond this position go; -1: none
    bool addsCheckpoint = false;       // whether `checkpoint` counts
    StoredCheckpoint checkpoint;
    std::vector<StoredConversation> conversations;  // put; of the same id: replaced
    std::vector<StoredTurn> turns;                  // put; of the same place: replaced
    std::vector<int64_t> removedConversations;      // ids, with their turns
};

}  // namespace tl
