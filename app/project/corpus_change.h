// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/corpus/corpus.h"
#include "app/project/stored_corpus.h"
#include "ingest/document.h"
#include "ingest/reason.h"
#include "store/project_values.h"

namespace tl {

// What turns the stored corpus (empty in a file that was just made) into this one. Checkpoints
// beyond what stays of the sequence go.
ProjectChange changeTo(const Corpus& corpus, const StoredCorpus& stored);

// The same of one stored corpus and another, made from it: only what differs is written.
ProjectChange changeBetween(const StoredCorpus& was, const StoredCorpus& is);

// A reading as it is kept: under a name made from its bytes.
StoredExtract extractOf(const Reading<Document>& reading);

}  // namespace tl
