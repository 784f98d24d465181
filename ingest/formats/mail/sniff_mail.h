// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace tl {

// As Reader::sniff(): an mbox by its first lines, a single message by its header fields. Without a
// mail's name a message needs what only mail programs write: many texts start with "Subject:" or
// "Date:". Patches of git are mailboxes too, but belong to code.
int sniffMail(std::string_view name, std::string_view head);

}  // namespace tl
