// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/app_types.h"
#include "app/corpus/file_loader.h"
#include "ingest/corpus.h"
#include "ingest/reason.h"

namespace tl {

// What the walk says of an entry; one that is in is waiting.
FileRow rowOf(const SourceEntry& entry);

// The row once its file is loaded. Equal texts are found afterwards, in walk order.
void applyLoaded(const LoadedFile& file, FileRow& row);

// None: what stood there is taken away.
void takeSkipReason(const Reason& reason, FileRow& row);

}  // namespace tl
