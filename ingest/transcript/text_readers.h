// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "ingest/reader.h"

namespace tl {

// Readers of formats that are text themselves and are read within the program. See docs/formats.md.

// SRT, WebVTT, Whisper's JSON, Zoom, Teams, Otter and plain conversations.
std::unique_ptr<Reader> makeTranscriptReader();
// CSV and TSV.
std::unique_ptr<Reader> makeTableReader();
// Jupyter.
std::unique_ptr<Reader> makeNotebookReader();
std::unique_ptr<Reader> makeMarkdownReader();
std::unique_ptr<Reader> makeLatexReader();

// All of them.
std::vector<std::unique_ptr<Reader>> makeTextReaders();

}  // namespace tl
